import { REFERENCE_ALPHABET } from "@/lib/secrets/reference";

const LENGTH = 7;
const DASH_AFTER = 4;

/**
 * Reads a reference such as K7QM-2PX as people type it: in small letters, with spaces, without its dash.
 *
 * @returns null for what cannot be one
 */
export function readReference(typed: string): string | null {
  if (typed.length > 100) return null;
  const letters = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Dash_Punctuation}\p{Cf}\u2212]/gu, "");
  const isKnown = [...letters].every((letter) => REFERENCE_ALPHABET.includes(letter));
  if (letters.length !== LENGTH || !isKnown) return null;
  return `${letters.slice(0, DASH_AFTER)}-${letters.slice(DASH_AFTER)}`;
}
