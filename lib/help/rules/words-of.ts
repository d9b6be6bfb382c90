// "didn't" is typed without its mark as often as with it, and so are "e-mail" and "wi-fi".
const oneWord = /\b(e|wi)\p{Pd}(mails?|fi)\b|(n)['’](t)\b/gu;

/**
 * The words of a text, in its order, as they are compared: in lower case, without accents and other
 * marks, full-width letters as plain ones.
 */
export function wordsOf(text: string): string[] {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(oneWord, "$1$2$3$4")
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

// Shorter words are near too many others.
const MISTYPED_LENGTH = 5;

/**
 * Whether a typed word is a word of a text but for one letter: missing, another, one too many, or in
 * its neighbour's place. The first letter is seldom the wrong one, and "locked" is not "blocked".
 */
export function isNearly(typed: string, word: string): boolean {
  if (Math.min(typed.length, word.length) < MISTYPED_LENGTH || typed[0] !== word[0]) return false;
  if (/\p{N}/u.test(typed)) return false;
  const at = sharedLength(typed, word);
  const [rest, otherRest] = [typed.slice(at), word.slice(at)];
  return (
    rest.slice(1) === otherRest ||
    rest === otherRest.slice(1) ||
    rest.slice(1) === otherRest.slice(1) ||
    (rest[0] === otherRest[1] && rest[1] === otherRest[0] && rest.slice(2) === otherRest.slice(2))
  );
}
