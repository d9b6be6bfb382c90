import { changeErrors } from "@/app/account/password/change-errors";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

type ChangePasswordNoticeProps = { notice: Notice | null; timeZone: string | null };

/** What is wrong with the form that was just sent. */
export async function ChangePasswordNotice({ notice, timeZone }: ChangePasswordNoticeProps) {
  switch (notice?.kind) {
    case "change-invalid": {
      const title = (await getTranslations("common"))("problem");
      return <ErrorSummary title={title} errors={await changeErrors(notice)} />;
    }
    case "change-too-many": {
      const t = await getTranslations("password.change.errors");
      const tags = await momentTags(new Date(notice.until), { timeZone });
      return <Alert title={t.rich("tooMany", tags)} />;
    }
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    default:
      return null;
  }
}
