/** What a case says is lost: the mailbox of the contact e-mail, or every second factor. */
export const lostThings = ["mailbox", "second-factor"] as const;

export type Lost = (typeof lostThings)[number];

/** Reads what is lost, as it is stored or was typed: a form that does not say it is about a mailbox. */
export const readLost = (text: string | null | undefined): Lost =>
  lostThings.find((one) => one === text) ?? "mailbox";
