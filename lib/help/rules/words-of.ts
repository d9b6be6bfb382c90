/**
 * The words of a text, in its order, as they are compared: in lower case, without accents and other
 * marks, full-width letters as plain ones.
 */
export function wordsOf(text: string): string[] {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

// "blocked" is to find "blocks", and "olvidada" "olvidado": a stem with an ending of its own on each side.
const STEM = 5;
const ENDING = 3;

// "codes" is to find "code".
const SHORT_STEM = 4;
const SHORT_ENDING = 2;

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/**
 * Whether a word that was typed means a word of a text: it begins it, or shares its stem. Figures mean
 * themselves alone.
 */
export function meansWord(typed: string, word: string): boolean {
  if (/^\p{N}+$/u.test(typed)) return typed === word;
  const shared = sharedLength(typed, word);
  if (shared === typed.length) return true;
  const [ending, otherEnding] = [typed.length - shared, word.length - shared];
  if (otherEnding === 0 && shared >= SHORT_STEM && ending <= SHORT_ENDING) return true;
  return shared >= STEM && ending <= ENDING && otherEnding <= ENDING;
}
