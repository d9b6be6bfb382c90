import { isCommonPassword } from "@/lib/auth/common-passwords";
import {
  EMAIL_MAX_LENGTH,
  NAME_MAX_LENGTH,
  oneValue,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  readEmail,
} from "@/lib/auth/typed-credentials";
import { judgeSignUpForm, type SignUpErrors } from "@/lib/sign-up/rules/judge-sign-up-form";

export type { SignUpErrors };

/** A checked sign-up form, or what is wrong with it, with what may be shown again. */
export type CheckedSignUp =
  | { kind: "valid"; name: string; email: string; password: string }
  | { kind: "invalid"; name: string; email: string; errors: SignUpErrors };

/** What may be shown again. A control character would take six bytes of the cookie that carries it. */
const shown = (typed: string) => typed.replace(/\p{Cc}/gu, "");

/** Reads and checks a posted sign-up form. Throws nothing, whatever was posted. */
export async function checkSignUpForm(form: FormData): Promise<CheckedSignUp> {
  const name = (oneValue(form, "name") ?? "").normalize("NFC").trim();
  const typedEmail = (oneValue(form, "email") ?? "").trim();
  const password = oneValue(form, "password") ?? "";
  const email = readEmail(typedEmail);
  const errors = judgeSignUpForm(
    { name, email: typedEmail, password },
    { email, isCommon: await isCommonPassword(password) },
    {
      name: NAME_MAX_LENGTH,
      email: EMAIL_MAX_LENGTH,
      passwordMin: PASSWORD_MIN_LENGTH,
      passwordMax: PASSWORD_MAX_LENGTH,
    },
  );
  if (email === null || Object.keys(errors).length > 0) {
    return {
      kind: "invalid",
      name: shown(name).slice(0, 200),
      email: shown(typedEmail).slice(0, 320),
      errors,
    };
  }
  return { kind: "valid", name, email, password };
}
