/**
 * Reads a typed code: spaces and dashes of every kind are dropped, full-width digits are digits.
 *
 * @returns six ASCII digits, or null for a form error that costs no attempt
 */
export function readTypedCode(typed: string): string | null {
  if (typed.length > 100) return null;
  const digits = typed.normalize("NFKC").replace(/[\s\p{Dash_Punctuation}\p{Cf}\u2212]/gu, "");
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}
