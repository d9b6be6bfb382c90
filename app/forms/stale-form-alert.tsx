import { getTranslations } from "next-intl/server";
import { Alert } from "@/components/alert";
import { isFormStale } from "@/lib/forms/form-desk";

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
