import { WideningNotice } from "@/app/account/confirm/widening-notice";
import { appForm } from "@/app/account/security/two-step/app/app-errors";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

type AppNoticeProps = { notice: Notice | null; timeZone: string | null };

/** What the form on `/account/security/two-step/app` led to. */
export async function AppNotice({ notice, timeZone }: AppNoticeProps) {
  if (notice?.kind === "unavailable") {
    return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
  }
  if (notice?.kind !== "form-refused") return null;
  const { errors } = await appForm(notice);
  return errors.length > 0 ? (
    <ErrorSummary title={(await getTranslations("common"))("problem")} errors={errors} />
  ) : (
    <WideningNotice page="app" notice={notice} timeZone={timeZone} />
  );
}
