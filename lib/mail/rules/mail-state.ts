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

/** What is told of a mail's way: its state, and whether a try has failed and there are more to come. */
export type MailProgress = { state: MailState; isTriedAgain: boolean };

/**
 * How far one code has come at one address. Once a mail with it has left it has come, whatever becomes of
 * another with the same code.
 *
 * @param rows of the mails with that code, the newest first; none: not made yet, or deleted already
 */
export function mailProgress(rows: readonly { state: string; attempts: number }[]): MailProgress {
  if (rows.some(({ state }) => state === "sent")) return { state: "accepted", isTriedAgain: false };
  if (rows[0]?.state === "dropped" || rows[0]?.state === "refused") {
    return { state: "refused", isTriedAgain: false };
  }
  // One that was refused for good is tried no more: the next is another mail.
  const isTriedAgain = rows.some(({ state, attempts }) => state !== "refused" && attempts > 0);
  return { state: "queued", isTriedAgain };
}
