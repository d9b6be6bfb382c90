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

/** @param row null: none was made yet, or it is deleted already */
export function mailProgress(row: { state: string; attempts: number } | null): MailProgress {
  switch (row?.state) {
    case "sent":
      return { state: "accepted", isTriedAgain: false };
    case "dropped":
      return { state: "refused", isTriedAgain: false };
    default:
      return { state: "queued", isTriedAgain: (row?.attempts ?? 0) > 0 };
  }
}
