import {
  characters,
  judgeNewPassword,
  type NewPasswordError,
} from "@/lib/auth/rules/judge-new-password";

/** Why a field of the sign-up form is not taken; each is a message's key. */
export type SignUpErrors = {
  name?: "nameMissing" | "nameTooLong" | "nameIsUrl" | "nameInvalid";
  email?: "emailMissing" | "emailInvalid" | "emailTooLong";
  password?: NewPasswordError;
};

/** The form as typed; a field that is missing or repeated counts as empty. */
export type SignUpForm = { name: string; email: string; password: string };

export type NameError = NonNullable<SignUpErrors["name"]>;

/** Contract, "Settled": names hold no URLs. */
export function judgeName(name: string, maxLength: number): SignUpErrors["name"] {
  if (name === "") return "nameMissing";
  if (characters(name) > maxLength) return "nameTooLong";
  if (/[\p{Cc}\p{Cs}\p{Co}\p{Bidi_Control}\uFFFD<>]/u.test(name)) return "nameInvalid";
  // Mail programs make links of anything that looks like a host, so a name may not.
  if (/:\/\/|\bwww\.|[\p{L}\p{N}-]\.\p{L}{2,}/iu.test(name)) return "nameIsUrl";
  return undefined;
}

function judgeEmail(typed: string, read: string | null, maxLength: number): SignUpErrors["email"] {
  if (typed === "") return "emailMissing";
  if (characters(typed) > maxLength) return "emailTooLong";
  return read === null ? "emailInvalid" : undefined;
}

/**
 * Judges a sign-up form.
 *
 * @param read the address the typed one stands for, or null
 * @param isCommon whether the password is on a list of common ones
 */
export function judgeSignUpForm(
  form: SignUpForm,
  read: { email: string | null; isCommon: boolean },
  lengths: { name: number; email: number; passwordMin: number; passwordMax: number },
): SignUpErrors {
  const errors: SignUpErrors = {};
  const name = judgeName(form.name, lengths.name);
  const email = judgeEmail(form.email, read.email, lengths.email);
  const passwordLengths = { min: lengths.passwordMin, max: lengths.passwordMax };
  const password = judgeNewPassword(form.password, form, read.isCommon, passwordLengths);
  if (name !== undefined) errors.name = name;
  if (email !== undefined) errors.email = email;
  if (password !== undefined) errors.password = password;
  return errors;
}
