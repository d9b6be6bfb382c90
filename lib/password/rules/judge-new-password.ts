import { typedPassword } from "@/lib/password/rules/typed-password";

/** Why a new password is not taken; each is a message's key. */
export type NewPasswordError =
  | "passwordMissing"
  | "passwordTooShort"
  | "passwordTooLong"
  | "passwordCommon"
  | "passwordIsEmail"
  | "passwordIsName";

/** How many characters a text has for whoever types it, an emoji being one. */
export const characters = (text: string) => [...text].length;

/** An address as it is stored, whichever letters its domain was typed in; any other text as it is. */
function inOneForm(text: string): string {
  const folded = typedPassword(text).toLowerCase();
  const [, local, domain] = /^(.+@)([\p{L}\p{N}\p{M}.\u3002-]+)$/u.exec(folded) ?? [];
  const url = `http://${domain}`;
  return domain !== undefined && URL.canParse(url) ? `${local}${new URL(url).hostname}` : folded;
}

/**
 * Judges a new password, at sign-up and later alike, in the form that is hashed. No composition rules:
 * length, and nothing that is guessed first.
 *
 * @param customer the address and name as typed or stored
 * @param isCommon whether the password is on a list of common ones
 */
export function judgeNewPassword(
  typed: string,
  customer: { email: string; name: string },
  isCommon: boolean,
  lengths: { min: number; max: number },
): NewPasswordError | undefined {
  const password = typedPassword(typed);
  if (password === "") return "passwordMissing";
  if (characters(password) < lengths.min) return "passwordTooShort";
  if (characters(password) > lengths.max) return "passwordTooLong";
  const folded = password.toLowerCase();
  if (inOneForm(password) === inOneForm(customer.email)) return "passwordIsEmail";
  if (folded === typedPassword(customer.name).toLowerCase()) return "passwordIsName";
  return isCommon ? "passwordCommon" : undefined;
}
