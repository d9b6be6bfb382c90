import { refusedForm } from "@/app/forms/refused-form";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { factorNumbers } from "@/lib/two-step/rules/limits";

/** The form that turns an app on, as it was answered. */
export async function appForm(notice: Notice | null) {
  const t = await getTranslations("twoStep.errors");
  const password = await getTranslations("widening.errors");
  return refusedForm(notice, "turn-on-app", (key) =>
    key === "passwordMissing" || key === "passwordWrong" ? password(key) : t(key, factorNumbers),
  );
}
