import { getTranslations } from "next-intl/server";
import { WideningNotice } from "@/app/account/confirm/widening-notice";
import { addPlaceForm, renameForm } from "@/app/account/security/place-forms";
import { browserForm } from "@/app/account/security/this-browser";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";

type SecurityNoticeProps = { notice: Notice | null; timeZone: string | null };

/** What the last form on `/account/security` led to. */
export async function SecurityNotice({ notice, timeZone }: SecurityNoticeProps) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      const forms = [
        await addPlaceForm(notice),
        await renameForm(notice, notice.values.id ?? ""),
        await browserForm(notice),
      ];
      const errors = forms.flatMap((form) => form.errors);
      const title = (await getTranslations("common"))("problem");
      return errors.length > 0 ? (
        <ErrorSummary title={title} errors={errors} />
      ) : (
        <WideningNotice page="security" notice={notice} timeZone={timeZone} />
      );
    }
    case "done":
      return (
        <>
          <WideningNotice page="security" notice={notice} timeZone={timeZone} />
          <Done what={notice.what} values={notice.values} />
        </>
      );
    default:
      return null;
  }
}

async function Done({ what, values }: { what: string; values: Record<string, string> }) {
  const places = await getTranslations("places.done");
  const sessions = await getTranslations("sessions.done");
  const security = await getTranslations("security.done");
  const { place = "" } = values;
  switch (what) {
    case "place-removed":
    case "place-removed-here":
    case "last-place-removed":
    case "place-renamed":
    case "place-unchanged":
      return <Status>{places(what, { place })}</Status>;
    case "place-already-removed":
      return <Status>{places(what)}</Status>;
    case "session-ended":
    case "sessions-ended":
    case "no-other-sessions":
    case "notices-on":
    case "notices-off":
      return <Status>{sessions(what)}</Status>;
    case "browser-forgotten":
      return <Status>{security(what)}</Status>;
    default:
      return null;
  }
}
