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
  const characters = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Dash_Punctuation}\p{Cf}\u2212]/gu, "");
  const isKnown = [...characters].every((character) => REFERENCE_ALPHABET.includes(character));
  if (characters.length !== LENGTH || !isKnown) return null;
  return `${characters.slice(0, DASH_AFTER)}-${characters.slice(DASH_AFTER)}`;
}
