/**
 * Reads a number that somebody typed off another screen: spaces are dropped, full-width digits are digits.
 *
 * @returns null for what is not two digits, a form error that costs nothing
 */
export function readTypedNumber(typed: string): number | null {
  if (typed.length > 100) return null;
  const digits = typed.normalize("NFKC").replace(/[\s\p{Cf}]/gu, "");
  return /^[0-9]{2}$/.test(digits) ? Number(digits) : null;
}
