import { withoutAddresses } from "@/lib/mail/rules/refusal";

const WORDS_KEPT = 300;

/** A server's words as they are kept: of one line, without the addresses they repeat. */
export const shortWords = (words: string): string =>
  withoutAddresses(words)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, WORDS_KEPT);
