import { isCommonPassword } from "@/lib/password/common-passwords";
import {
  NAME_MAX_LENGTH,
  oneValue,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
} from "@/lib/password/typed-credentials";
import { judgeSignUpForm, type SignUpErrors } from "@/lib/sign-up/rules/judge-sign-up-form";
import { typedEmail } from "@/lib/typed/email-address";
import { typedName } from "@/lib/typed/typed-name";

export type { SignUpErrors };

/** A checked sign-up form, or what is wrong with it, with what may be shown again. */
export type CheckedSignUp =
  | { kind: "valid"; name: string; email: string; password: string }
  | { kind: "invalid"; name: string; email: string; errors: SignUpErrors };

/** What may be shown again. A control character would take six bytes of the cookie that carries it. */
const shown = (typed: string) => typed.replace(/\p{Cc}/gu, "");

/** Reads and checks a posted sign-up form. Throws nothing, whatever was posted. */
export async function checkSignUpForm(form: FormData): Promise<CheckedSignUp> {
  const { name, error: nameError } = typedName(oneValue(form, "name") ?? "", NAME_MAX_LENGTH);
  const address = (oneValue(form, "email") ?? "").trim();
  const password = oneValue(form, "password") ?? "";
  const read = typedEmail(address);
  const errors = judgeSignUpForm(
    { name, email: "error" in read ? address : read.email, password },
    { name: nameError, email: "error" in read ? read.error : undefined },
    await isCommonPassword(password),
    { passwordMin: PASSWORD_MIN_LENGTH, passwordMax: PASSWORD_MAX_LENGTH },
  );
  if ("error" in read || Object.keys(errors).length > 0) {
    return {
      kind: "invalid",
      name: shown(name).slice(0, 200),
      email: shown(address).slice(0, 320),
      errors,
    };
  }
  return { kind: "valid", name, email: read.email, password };
}
