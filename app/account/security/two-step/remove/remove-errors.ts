import { refusedForm } from "@/app/forms/refused-form";
import { env } from "@/lib/env/env";
import type { Notice } from "@/lib/forms/notice";
import { durationText } from "@/lib/i18n/duration-text";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

/** The form that removes an app or a passkey, as it was answered. */
export async function removeForm(notice: Notice | null) {
  const t = await getTranslations("twoStep.errors");
  const password = await getTranslations("widening.errors");
  const blockDuration = durationText(env().blockMinutes * 60, await getLocale());
  return refusedForm(notice, "remove-factor", (key, { left = "0" }) =>
    key === "passwordMissing" || key === "passwordWrong"
      ? password(key)
      : t(key, { left: Number(left), blockDuration }),
  );
}
