import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import {
  NAME_MAX_LENGTH,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
} from "@/lib/password/typed-credentials";
import type { SignUpErrors } from "@/lib/sign-up/check-sign-up-form";
import { EMAIL_MAX_LENGTH, emailLengths } from "@/lib/typed/email-address";

const longest = { name: NAME_MAX_LENGTH, email: EMAIL_MAX_LENGTH, password: PASSWORD_MAX_LENGTH };

/** The form's errors in the page's language, by field and in their order. */
export async function signUpErrors(notice: Notice | null) {
  if (notice?.kind !== "signup-invalid") return [];
  const t = await getTranslations("signup.errors");
  const errors = notice.errors as SignUpErrors;
  return (["name", "email", "password"] as const).flatMap((field) => {
    const key = errors[field];
    if (key === undefined) return [];
    return [
      {
        field,
        message: t(key, { ...emailLengths, min: PASSWORD_MIN_LENGTH, max: longest[field] }),
      },
    ];
  });
}
