import { WideningNotice } from "@/app/account/confirm/widening-notice";
import { dataForm, dataForms } from "@/app/account/data/data-forms";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

type DataNoticeProps = { notice: Notice | null; timeZone: string | null };

/** What the last form on `/account/data` led to. */
export async function DataNotice({ notice, timeZone }: DataNoticeProps) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      const forms = await Promise.all(dataForms.map((form) => dataForm(notice, form)));
      const errors = forms.flatMap((form) => form.errors);
      if (notice.form === "close" && notice.reason === "lastAdmin") {
        const t = await getTranslations("closing.lastAdmin");
        return (
          <Alert title={t("title")}>
            <p>{t("next")}</p>
          </Alert>
        );
      }
      const title = (await getTranslations("common"))("problem");
      return errors.length > 0 ? (
        <ErrorSummary title={title} errors={errors} />
      ) : (
        <WideningNotice page="data" notice={notice} timeZone={timeZone} />
      );
    }
    case "done":
      return notice.what === "account-kept" ? (
        <Status>{(await getTranslations("closing"))("kept")}</Status>
      ) : null;
    default:
      return null;
  }
}
