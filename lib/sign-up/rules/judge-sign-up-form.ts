import { judgeNewPassword, type NewPasswordError } from "@/lib/password/rules/judge-new-password";
import type { NameError } from "@/lib/typed/judge-name";

/** Why a field of the sign-up form is not taken; each is a message's key. */
export type SignUpErrors = {
  name?: NameError;
  email?: "emailMissing" | "emailInvalid" | "emailTooLong";
  password?: NewPasswordError;
};

/** The form as it was read; a field that is missing or repeated counts as empty. */
export type SignUpForm = { name: string; email: string; password: string };

/**
 * Judges a sign-up form.
 *
 * @param read what is wrong with name and address as they were typed
 * @param isCommon whether the password is on a list of common ones
 */
export function judgeSignUpForm(
  form: SignUpForm,
  read: Pick<SignUpErrors, "name" | "email">,
  isCommon: boolean,
  lengths: { passwordMin: number; passwordMax: number },
): SignUpErrors {
  const errors: SignUpErrors = {};
  const { passwordMin: min, passwordMax: max } = lengths;
  const password = judgeNewPassword(form.password, form, isCommon, { min, max });
  if (read.name !== undefined) errors.name = read.name;
  if (read.email !== undefined) errors.email = read.email;
  if (password !== undefined) errors.password = password;
  return errors;
}
