import { refusedForm } from "@/app/forms/refused-form";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

export const dataForms = ["export", "close"] as const;

/** One form of `/account/data`, as it was answered. */
export async function dataForm(notice: Notice | null, form: (typeof dataForms)[number]) {
  const t = await getTranslations("widening.errors");
  return refusedForm(notice, form, (key) => t(key));
}
