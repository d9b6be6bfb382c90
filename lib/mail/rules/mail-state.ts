import type { FailureReason } from "@/lib/mail/rules/failure-reason";

/** How far a mail has come, as `data-mail-state` says it (contract, "Mail"); it only rises in this order. */
export const mailStates = [
  "queued",
  "accepted",
  "delayed",
  "delivered",
  "refused",
  "suppressed",
] as const;

export type MailState = (typeof mailStates)[number];

/** A state that a mail reaches after it was queued. */
export type ReachedState = Exclude<MailState, "queued">;

/** Whether a text is one that a mail reaches: another version may know others. */
export const isReachedState = (text: string): text is ReachedState =>
  text !== "queued" && (mailStates as readonly string[]).includes(text);

/** A code mail that waits longer is late: it takes as long as a burst of them, and a try has 10 seconds. */
const LATE_SECONDS = 30;

/** So long a pause is not passed over: what waits for it is late at once, and until it has left. */
const PAUSE_SECONDS = 5;

/** A state that a mail reached, when, and for a delay or a refusal why; null: nothing is known. */
export type MailChange = { state: ReachedState; at: Date; reason: FailureReason | null };

/** A mail as far as its way is concerned. */
export type MailOnItsWay = {
  /** queued, sent, dropped or refused, as the outbox has it. */
  state: string;
  attempts: number;
  createdAt: Date;
  sentAt: Date | null;
  changes: readonly MailChange[];
};

/**
 * What is said of a mail's way: its state, since when, why, and whether it should have left by now and is
 * still to come.
 */
export type MailProgress = {
  state: MailState;
  /** When it reached that; null: it waits, or that is not known. */
  at: Date | null;
  reason: FailureReason | null;
  isLate: boolean;
};

const rank = (state: MailState): number => mailStates.indexOf(state);

/** Whether a mail in one state can come to another: it only rises. */
export const risesTo = (from: MailState, to: MailState): boolean => rank(to) > rank(from);

const hasFailed = (state: MailState): boolean => state === "refused" || state === "suppressed";

/** How far one mail has come by a moment. */
export function stateOfMail(
  { state, sentAt, changes }: MailOnItsWay,
  now: Date,
): Omit<MailProgress, "isLate"> {
  const reached: MailChange[] = changes.filter(({ at }) => at <= now);
  // What a version noted that keeps no changes, and a mail that nobody needed before it left.
  if (state === "sent") reached.push({ state: "accepted", at: sentAt ?? now, reason: null });
  const last = reached.toSorted((a, b) => rank(b.state) - rank(a.state))[0];
  if (last !== undefined) return last;
  if (state === "queued") return { state: "queued", at: null, reason: null };
  return { state: "refused", at: null, reason: null };
}

/**
 * How far one code has come at one address. Once a mail with it has left it has come, whatever becomes of
 * another with the same code.
 *
 * @param rows of the mails with that code, the newest first; none: not made yet, or deleted already
 * @param pausedUntil when the provider takes mail again that had too much, or took it again; null: it never had
 */
export function mailProgress(
  rows: readonly MailOnItsWay[],
  { now, pausedUntil }: { now: Date; pausedUntil: Date | null },
): MailProgress {
  const reached = rows.map((row) => stateOfMail(row, now));
  const [best] = reached
    .filter(({ state }) => state !== "queued" && !hasFailed(state))
    .toSorted((a, b) => rank(b.state) - rank(a.state));
  if (best !== undefined) return { ...best, isLate: false };
  const [newest] = reached;
  if (newest !== undefined && hasFailed(newest.state)) return { ...newest, isLate: false };
  const waits = (createdAt: Date, until: Date | null, seconds: number) =>
    until !== null && until.getTime() - createdAt.getTime() > seconds * 1000;
  // One that was refused for good, or came back, is tried no more: the next is another mail.
  const isLate = rows.some(
    ({ state, attempts, createdAt }) =>
      (state === "queued" || state === "dropped") &&
      (attempts > 0 ||
        waits(createdAt, now, LATE_SECONDS) ||
        waits(createdAt, pausedUntil, PAUSE_SECONDS)),
  );
  return { state: "queued", at: null, reason: null, isLate };
}
