import { WideningNotice } from "@/app/account/confirm/widening-notice";
import { passkeyForms } from "@/app/account/security/two-step/passkey-forms";
import { PasskeyNotice } from "@/app/account/security/two-step/passkey-notice";
import { twoStepForm, twoStepForms } from "@/app/account/security/two-step/two-step-forms";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { factorNumbers } from "@/lib/two-step/rules/limits";

type TwoStepNoticeProps = { notice: Notice | null; timeZone: string | null };

/** What the last form on `/account/security/two-step`, or on a page below it, led to. */
export async function TwoStepNotice({ notice, timeZone }: TwoStepNoticeProps) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      const forms = [
        ...(await Promise.all(twoStepForms.map((form) => twoStepForm(notice, form)))),
        ...(await passkeyForms(notice)),
      ];
      const errors = forms.flatMap((form) => form.errors);
      if (errors.length > 0) {
        const title = (await getTranslations("common"))("problem");
        return <ErrorSummary title={title} errors={errors} />;
      }
      if (notice.reason === "appsFull") {
        const t = await getTranslations("twoStep.done");
        return <Alert title={t("app-too-many", factorNumbers)} />;
      }
      return (
        <>
          <PasskeyNotice notice={notice} />
          <WideningNotice page="twoStep" notice={notice} timeZone={timeZone} />
        </>
      );
    }
    case "done":
      return (
        <>
          <WideningNotice page="twoStep" notice={notice} timeZone={timeZone} />
          <PasskeyNotice notice={notice} />
          <Done what={notice.what} values={notice.values} />
        </>
      );
    default:
      return null;
  }
}

async function Done({ what, values }: { what: string; values: Record<string, string> }) {
  const t = await getTranslations("twoStep.done");
  const { name = "" } = values;
  switch (what) {
    case "app-turned-on":
    case "app-turned-on-first":
    case "factor-removed":
    case "last-factor-removed":
      return <Status>{t(what, { name })}</Status>;
    case "asked-always":
    case "asked-at-new-places":
    case "asking-unchanged":
      return <Status>{t(what)}</Status>;
    case "codes-need-factor":
    case "app-over":
      return <Alert title={t(what)} />;
    case "app-too-many":
      return <Alert title={t(what, factorNumbers)} />;
    default:
      return null;
  }
}
