import { refusedForm } from "@/app/forms/refused-form";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

export const twoStepForms = ["make-codes", "choose-asking"] as const;

/** One form of `/account/security/two-step` that asks for the password, as it was answered. */
export async function twoStepForm(notice: Notice | null, form: (typeof twoStepForms)[number]) {
  const t = await getTranslations("widening.errors");
  return refusedForm(notice, form, (key) => t(key));
}
