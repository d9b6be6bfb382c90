/** Why a field of the sign-up form is not taken; each is a message's key. */
export type SignUpErrors = {
  name?: "nameMissing" | "nameTooLong" | "nameIsUrl" | "nameInvalid";
  email?: "emailMissing" | "emailInvalid" | "emailTooLong";
  password?:
    | "passwordMissing"
    | "passwordTooShort"
    | "passwordTooLong"
    | "passwordCommon"
    | "passwordIsEmail"
    | "passwordIsName";
};

/** The form as typed; a field that is missing or repeated counts as empty. */
export type SignUpForm = { name: string; email: string; password: string };

const length = (text: string) => [...text].length;

/** Contract, "Settled": names hold no URLs. */
function judgeName(name: string, maxLength: number): SignUpErrors["name"] {
  if (name === "") return "nameMissing";
  if (length(name) > maxLength) return "nameTooLong";
  if (/[\p{Cc}\p{Cs}\p{Co}\p{Bidi_Control}\uFFFD<>]/u.test(name)) return "nameInvalid";
  // Mail programs make links of anything that looks like a host, so a name may not.
  if (/:\/\/|\bwww\.|[\p{L}\p{N}-]\.\p{L}{2,}/iu.test(name)) return "nameIsUrl";
  return undefined;
}

function judgeEmail(typed: string, read: string | null, maxLength: number): SignUpErrors["email"] {
  if (typed === "") return "emailMissing";
  if (length(typed) > maxLength) return "emailTooLong";
  return read === null ? "emailInvalid" : undefined;
}

/**
 * Judges a sign-up form. No composition rules: length, and nothing that is guessed first.
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
  const password = judgePassword(form, read.isCommon, lengths);
  if (name !== undefined) errors.name = name;
  if (email !== undefined) errors.email = email;
  if (password !== undefined) errors.password = password;
  return errors;
}

function judgePassword(
  form: SignUpForm,
  isCommon: boolean,
  lengths: { passwordMin: number; passwordMax: number },
): SignUpErrors["password"] {
  const password = form.password;
  if (password === "") return "passwordMissing";
  if (length(password) < lengths.passwordMin) return "passwordTooShort";
  if (length(password) > lengths.passwordMax) return "passwordTooLong";
  const folded = password.toLowerCase();
  if (folded === form.email.toLowerCase()) return "passwordIsEmail";
  if (folded === form.name.toLowerCase()) return "passwordIsName";
  return isCommon ? "passwordCommon" : undefined;
}
