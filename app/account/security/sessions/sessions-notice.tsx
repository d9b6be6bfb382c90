import { WideningNotice } from "@/app/account/confirm/widening-notice";
import { browserForm } from "@/app/account/security/sessions/trusted-browsers";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

type SessionsNoticeProps = { notice: Notice | null; timeZone: string | null };

/** What the last form on `/account/security/sessions` led to. */
export async function SessionsNotice({ notice, timeZone }: SessionsNoticeProps) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      const { errors } = await browserForm(notice);
      const title = (await getTranslations("common"))("problem");
      return errors.length > 0 ? (
        <ErrorSummary title={title} errors={errors} />
      ) : (
        <WideningNotice page="sessions" notice={notice} timeZone={timeZone} />
      );
    }
    case "done":
      return (
        <>
          <WideningNotice page="sessions" notice={notice} timeZone={timeZone} />
          <Done what={notice.what} />
        </>
      );
    default:
      return null;
  }
}

async function Done({ what }: { what: string }) {
  switch (what) {
    case "session-ended":
    case "sessions-ended":
    case "no-other-sessions":
      return <Status>{(await getTranslations("sessions.done"))(what)}</Status>;
    case "browser-forgotten":
      return <Status>{(await getTranslations("security.done"))(what)}</Status>;
    default:
      return null;
  }
}
