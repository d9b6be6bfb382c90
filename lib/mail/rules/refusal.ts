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

/** So many characters of a stranger's words are looked at: a server's answer may be as long as it likes. */
export const WORDS_READ = 1_000;

/** A stranger's words as far as they are looked at. */
export const firstWords = (words: string): string => words.slice(0, WORDS_READ);

// Each begins where no other could begin before it, so that no character is looked at again from another start.
const addresses = /<[^<>]*>|(?<![^\s:;,()"'`<>])[^\s:;,()"'`<>@]*@[^\s:;,()"'`<>]*/g;

/** The first words of an answer without the addresses it repeats, in which any word may stand. */
export const withoutAddresses = (words: string): string =>
  firstWords(words).replace(addresses, " ");
