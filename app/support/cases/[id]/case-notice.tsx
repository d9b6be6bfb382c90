import { caseForm, caseForms } from "@/app/support/cases/[id]/case-forms";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import { readTie } from "@/lib/colleagues/read-tie";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

/** What the last form on a case's page led to. */
export async function CaseNotice({ notice }: { notice: Notice | null }) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      const forms = await Promise.all(caseForms.map((form) => caseForm(notice, form)));
      const errors = forms.flatMap((form) => form.errors);
      if (errors.length === 0) return <Refused reason={notice.reason} tie={notice.values.tie} />;
      const title = (await getTranslations("common"))("problem");
      return <ErrorSummary title={title} errors={errors} />;
    }
    case "done":
      return <Done what={notice.what} missing={Number(notice.values.missing ?? 0)} />;
    default:
      return null;
  }
}

async function Refused({ reason, tie }: { reason?: string; tie?: string }) {
  const t = await getTranslations("supportCases.case.errors");
  const ties = await getTranslations("support.tie");
  switch (reason) {
    case "not-independent": {
      const known = readTie(tie);
      return <Alert title={t(reason, { because: known === null ? "" : ties(known) })} />;
    }
    case "oneself":
    case "outdated":
    case "over":
    case "admins-only":
    case "approved-by-you":
    case "no-account":
    case "taken":
      return <Alert title={t(reason)} />;
    default:
      return null;
  }
}

async function Done({ what, missing }: { what: string; missing: number }) {
  const t = await getTranslations("supportCases.case.done");
  switch (what) {
    case "agreed":
      return <Status>{t(what, { missing })}</Status>;
    case "approved":
    case "refused":
    case "asked":
      return <Status>{t(what)}</Status>;
    default:
      return null;
  }
}
