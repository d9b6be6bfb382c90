import type { ChangeMailKind } from "@/lib/mail/kinds";

type ActEntry = {
  /** Not mailed: where no mail arrives, none could say it. */
  isUnmailed?: true;
  /** What the audit log calls it in entries of before it had one name; they are never rewritten. */
  recordedBefore?: string;
};

/**
 * What support does to a customer's account. Each has one name: of its form, its mail, the activity, the
 * entry in the audit log, and its words (`lib/i18n/messages/<language>/acts.json`).
 */
export const acts = {
  "block-lifted": {},
  "sessions-ended-by-support": { recordedBefore: "sessions-ended" },
  "place-forgotten-by-support": { recordedBefore: "place-forgotten" },
  "password-switched-off": {},
  "reset-by-support": { recordedBefore: "reset-started" },
  "hotline-pass": { recordedBefore: "hotline-pass-granted" },
  "mark-lifted": { isUnmailed: true },
} as const satisfies Partial<Record<ChangeMailKind | "mark-lifted", ActEntry>>;

export type Act = keyof typeof acts;

/** The acts of which no mail notifies the customer. */
export type UnmailedAct = {
  [Name in Act]: (typeof acts)[Name] extends { isUnmailed: true } ? Name : never;
}[Act];

/** The acts of which every confirmed address is notified. */
export type MailedAct = Exclude<Act, UnmailedAct>;

/** Whether every confirmed address is notified of an act. */
export const isMailedAct = (act: Act): act is MailedAct => {
  const { isUnmailed }: ActEntry = acts[act];
  return isUnmailed !== true;
};

export const actNames = Object.keys(acts) as Act[];

/** By the names that entries of before have: the act. */
export const actsRecordedBefore: ReadonlyMap<string, Act> = new Map(
  actNames.flatMap((act): [string, Act][] => {
    const { recordedBefore }: ActEntry = acts[act];
    return recordedBefore === undefined ? [] : [[recordedBefore, act]];
  }),
);
