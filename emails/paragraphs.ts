/** What staff wrote as paragraphs; empty lines make none. */
export const paragraphsOf = (message: string): string[] =>
  message.split(/\n+/).filter((text) => text.trim() !== "");
