/** Characters of recovery codes: 32, without I, O, 0 and 1, which are misread. */
export const RECOVERY_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** What a typed answer of a second factor is. */
export type TypedFactor =
  /** Six ASCII digits. */
  | { kind: "app"; digits: string }
  /** Sixteen characters without dashes. */
  | { kind: "recovery"; code: string };

/**
 * Reads what was typed into the one field that takes codes of apps and recovery codes: spaces and dashes of
 * every kind are dropped, full-width characters are their plain ones, small letters capital ones.
 *
 * @returns null for a form error that costs no attempt
 */
export function readTypedFactor(typed: string): TypedFactor | null {
  if (typed.length > 100) return null;
  const text = typed
    .normalize("NFKC")
    .replace(/[\s\p{Dash_Punctuation}\p{Cf}\u2212]/gu, "")
    .toUpperCase();
  if (/^[0-9]{6}$/.test(text)) return { kind: "app", digits: text };
  const isRecovery =
    text.length === 16 && [...text].every((character) => RECOVERY_ALPHABET.includes(character));
  return isRecovery ? { kind: "recovery", code: text } : null;
}
