/** Digits of a number in international form, the country's included (ITU-T E.164, section 6). */
const FEWEST_DIGITS = 7;
const MOST_DIGITS = 15;

/** Why a typed number is not taken; each is a message's key. */
export type PhoneError = "phoneNoCountry" | "phoneInvalid";

/**
 * Reads a telephone number as people write it: with its country, `+` or `00` in front; spaces, dots,
 * dashes, slashes and parentheses do not matter.
 *
 * @returns E.164 text such as `+351215550100`; null where nothing was typed
 */
export function readPhone(typed: string): { phone: string | null } | { error: PhoneError } {
  const text = typed.normalize("NFKC").replace(/[\s.\-/()\p{Dash_Punctuation}\p{Cf}]/gu, "");
  if (text === "") return { phone: null };
  const digits = text.startsWith("+") ? text.slice(1) : text.replace(/^00/, "");
  if (!/^[0-9]+$/.test(digits)) return { error: "phoneInvalid" };
  if (digits === text) return { error: "phoneNoCountry" };
  const fits = digits.length >= FEWEST_DIGITS && digits.length <= MOST_DIGITS;
  if (!fits || digits.startsWith("0")) return { error: "phoneInvalid" };
  return { phone: `+${digits}` };
}

/** The end of a number, by which its owner knows it: `•••• 0100`. */
export function phoneEnd(phone: string): string {
  return `•••• ${phone.slice(-4)}`;
}
