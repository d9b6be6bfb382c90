import { getTranslations } from "next-intl/server";
import { type RefusedForm, refusedForm } from "@/app/forms/refused-form";
import type { Notice } from "@/lib/forms/notice";
import { newPasswordError } from "@/lib/password/new-password-error";
import { NAME_MAX_LENGTH } from "@/lib/password/typed-credentials";
import type { SignUpErrors } from "@/lib/sign-up/check-sign-up-form";
import { emailLengths } from "@/lib/typed/email-address";

export const joinFormName = "staff-invitation";

type NameError = NonNullable<SignUpErrors["name"]>;

/** The form of an invitation, as it was answered, in the words of the sign-up. */
export async function joinForm(notice: Notice | null): Promise<RefusedForm> {
  const t = await getTranslations("signup.errors");
  const { password } = notice?.kind === "form-refused" ? notice.errors : {};
  const ofPassword = password === undefined ? "" : await newPasswordError(password);
  return refusedForm(notice, joinFormName, (key) =>
    key === password ? ofPassword : t(key as NameError, { ...emailLengths, max: NAME_MAX_LENGTH }),
  );
}
