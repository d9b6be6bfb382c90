import { type RefusedForm, refusedForm } from "@/app/forms/refused-form";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import {
  NAME_MAX_LENGTH,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
} from "@/lib/password/typed-credentials";

export const joinFormName = "staff-invitation";

/** The form of an invitation, as it was answered, in the words of the sign-up. */
export async function joinForm(notice: Notice | null): Promise<RefusedForm> {
  const t = await getTranslations("signup.errors");
  const most = { nameTooLong: NAME_MAX_LENGTH, passwordTooLong: PASSWORD_MAX_LENGTH } as const;
  return refusedForm(notice, joinFormName, (key) =>
    t(key, { min: PASSWORD_MIN_LENGTH, max: key in most ? most[key as keyof typeof most] : 0 }),
  );
}
