/**
 * What a refusal means for what follows: the mail is tried again; nothing is sent for a while, as the
 * provider had too much, which is no fault of the mail's; or the recipient's side never takes it.
 */
export type Refusal = "again" | "throttled" | "final";

/**
 * What became of a mail that was not said to be taken: it was not, or nobody can know, as the answer was
 * lost, or is one that a server behind the one asked may have given.
 */
export type Fate = "not-taken" | "unknown";

/** What a refusal means, and whether it says something of this recipient alone, not of all mail. */
export type Judgement = { meaning: Refusal; isOfRecipient: boolean };

/** The words of an answer without the addresses it repeats, in which any word may stand. */
export const withoutAddresses = (words: string): string =>
  words.replace(/<[^>]*>|[^\s:;,("'`]+@[^\s:;,)"'`]+/g, " ");
