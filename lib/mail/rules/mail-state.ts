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

/** A code mail that waits longer is late: it takes as long as a burst of them, and a try has 10 seconds. */
const LATE_SECONDS = 30;

/** So long a pause is not passed over: what waits for it is late at once, and until it has left. */
const PAUSE_SECONDS = 5;

/**
 * What is said of a mail's way: its state, and whether it should have left by now and is still to
 * come.
 */
export type MailProgress = { state: MailState; isLate: boolean };

/**
 * How far one code has come at one address. Once a mail with it has left it has come, whatever becomes of
 * another with the same code.
 *
 * @param rows of the mails with that code, the newest first; none: not made yet, or deleted already
 * @param pausedUntil when the provider takes mail again that had too much, or took it again; null: it never had
 */
export function mailProgress(
  rows: readonly { state: string; attempts: number; createdAt: Date }[],
  { now, pausedUntil }: { now: Date; pausedUntil: Date | null },
): MailProgress {
  if (rows.some(({ state }) => state === "sent")) return { state: "accepted", isLate: false };
  if (rows[0]?.state === "dropped" || rows[0]?.state === "refused") {
    return { state: "refused", isLate: false };
  }
  const waits = (createdAt: Date, until: Date | null, seconds: number) =>
    until !== null && until.getTime() - createdAt.getTime() > seconds * 1000;
  // One that was refused for good is tried no more: the next is another mail.
  const isLate = rows.some(
    ({ state, attempts, createdAt }) =>
      state !== "refused" &&
      (attempts > 0 ||
        waits(createdAt, now, LATE_SECONDS) ||
        waits(createdAt, pausedUntil, PAUSE_SECONDS)),
  );
  return { state: "queued", isLate };
}
