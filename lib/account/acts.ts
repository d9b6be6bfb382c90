import type { ChangeMailKind } from "@/lib/mail/kinds";

type ActEntry = {
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
} as const satisfies Partial<Record<ChangeMailKind, ActEntry>>;

export type Act = keyof typeof acts;

export const actNames = Object.keys(acts) as Act[];

/** By the names that entries of before have: the act. */
export const actsRecordedBefore: ReadonlyMap<string, Act> = new Map(
  actNames.flatMap((act): [string, Act][] => {
    const { recordedBefore }: ActEntry = acts[act];
    return recordedBefore === undefined ? [] : [[recordedBefore, act]];
  }),
);
