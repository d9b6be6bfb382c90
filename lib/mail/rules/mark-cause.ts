/** Why nothing is sent to an address: mail bounced for good, its owner complained, or the provider sends nothing there. */
export const markCauses = ["bounced", "complaint", "suppressed"] as const;

export type MarkCause = (typeof markCauses)[number];

/** A cause of a text, from whatever version. */
export const readMarkCause = (text: string): MarkCause =>
  markCauses.find((known) => known === text) ?? "bounced";
