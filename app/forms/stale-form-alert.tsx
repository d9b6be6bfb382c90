import { Alert } from "@/components/alert";
import { Notice } from "@/components/notice";
import { isFormStale, isInputGone } from "@/lib/forms/form-desk";
import { INPUT_KEPT_MINUTES } from "@/lib/forms/returned-input";
import { getTranslations } from "@/lib/i18n/translations";

/** Says above a page that what was typed into its form waits there no longer. */
export async function InputGoneNotice() {
  if (!isInputGone()) return null;
  const t = await getTranslations("common.inputGone");
  return (
    <div className="mx-auto mb-6 w-full max-w-2xl">
      <Notice>
        {t("title")} {t("what", { minutes: INPUT_KEPT_MINUTES })}
      </Notice>
    </div>
  );
}

/** Says above any page that the form sent from it came back unsent, because the site was renewed meanwhile. */
export async function StaleFormAlert() {
  if (!isFormStale()) return null;
  const t = await getTranslations("common.staleForm");
  return (
    <div className="mx-auto mb-6 w-full max-w-2xl">
      <Alert title={t("title")}>
        <p>{t("what")}</p>
        <p>{t("now")}</p>
      </Alert>
    </div>
  );
}
