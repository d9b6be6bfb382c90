import { refusedForm } from "@/app/forms/refused-form";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { textNumbers } from "@/lib/templates/text-numbers";

/** The form of the settings, as it was answered. */
export async function settingsForm(notice: Notice | null) {
  const t = await getTranslations("templates.errors");
  return refusedForm(notice, "template-settings", (key, { what = "" }) =>
    t(key, { what, max: textNumbers.hosts }),
  );
}

/** What the last form on `/templates/settings` led to. */
export async function SettingsNotice({ notice }: { notice: Notice | null }) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      const { errors } = await settingsForm(notice);
      return <ErrorSummary title={(await getTranslations("common"))("problem")} errors={errors} />;
    }
    case "done": {
      const t = await getTranslations("templates.done");
      return notice.what === "texts-set" || notice.what === "texts-set-already" ? (
        <Status>{t(notice.what)}</Status>
      ) : null;
    }
    default:
      return null;
  }
}
