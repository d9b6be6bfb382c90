import { Alert } from "@/components/alert";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

/** What the last form on `/support/settings` led to. */
export async function SettingsNotice({ notice }: { notice: Notice | null }) {
  const t = await getTranslations("supportCases.settings");
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused":
      return notice.form === "settings" ? <Alert title={t("errors.invalid")} /> : null;
    case "done":
      return notice.what === "settings-saved" || notice.what === "settings-unchanged" ? (
        <Status>{t(`done.${notice.what}`)}</Status>
      ) : null;
    default:
      return null;
  }
}
