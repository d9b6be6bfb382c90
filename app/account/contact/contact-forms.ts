import { refusedForm } from "@/app/forms/refused-form";
import type { Notice } from "@/lib/forms/notice";
import type { ErrorOf } from "@/lib/forms/refused-forms";
import { getTranslations } from "@/lib/i18n/translations";
import { NAME_MAX_LENGTH } from "@/lib/password/typed-credentials";
import { PHONE_EXAMPLE } from "@/lib/phone/set-phone";
import { emailLengths } from "@/lib/typed/email-address";

async function words() {
  const t = await getTranslations("contact.errors");
  const password = await getTranslations("widening.errors");
  return (key: ErrorOf<(typeof contactForms)[number]>) =>
    key === "passwordMissing" || key === "passwordWrong"
      ? password(key)
      : t(key, {
          ...emailLengths,
          maxName: NAME_MAX_LENGTH,
          example: PHONE_EXAMPLE,
        });
}

export const contactForms = ["change-email", "add-address", "set-phone", "details"] as const;

/** One form of `/account/contact`, as it was answered. */
export async function contactForm(notice: Notice | null, form: (typeof contactForms)[number]) {
  return refusedForm(notice, form, await words());
}
