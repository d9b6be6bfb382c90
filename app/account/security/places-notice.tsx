import { WideningNotice } from "@/app/account/confirm/widening-notice";
import { addPlaceForm, renameForm } from "@/app/account/security/place-forms";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

type PlacesNoticeProps = { notice: Notice | null; timeZone: string | null };

/** What the last form on `/account/security` led to. */
export async function PlacesNotice({ notice, timeZone }: PlacesNoticeProps) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      const forms = [await addPlaceForm(notice), await renameForm(notice, notice.values.id ?? "")];
      const errors = forms.flatMap((form) => form.errors);
      const title = (await getTranslations("common"))("problem");
      return errors.length > 0 ? (
        <ErrorSummary title={title} errors={errors} />
      ) : (
        <WideningNotice page="places" notice={notice} timeZone={timeZone} />
      );
    }
    case "done":
      return (
        <>
          <WideningNotice page="places" notice={notice} timeZone={timeZone} />
          <Done what={notice.what} values={notice.values} />
        </>
      );
    default:
      return null;
  }
}

async function Done({ what, values }: { what: string; values: Record<string, string> }) {
  const t = await getTranslations("places.done");
  const { place = "" } = values;
  switch (what) {
    case "place-removed":
    case "place-removed-here":
    case "last-place-removed":
    case "place-renamed":
    case "place-unchanged":
      return <Status>{t(what, { place })}</Status>;
    case "place-already-removed":
      return <Status>{t(what)}</Status>;
    default:
      return null;
  }
}
