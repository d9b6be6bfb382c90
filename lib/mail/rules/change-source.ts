/**
 * Who says what became of a mail: the transport's own answer, a report of the provider's, the provider where
 * it was asked, a mail that came back, or the mark of its address.
 */
export const changeSources = ["hand-over", "webhook", "look", "return-mail", "mark"] as const;

export type ChangeSource = (typeof changeSources)[number];

/** A source of a text, from whatever version. */
export const readChangeSource = (text: string): ChangeSource =>
  changeSources.find((known) => known === text) ?? "webhook";
