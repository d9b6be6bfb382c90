import { roleWords } from "@/app/support/staff/role-words";
import { inviteForm, roleForm } from "@/app/support/staff/staff-forms";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { staffNumbers } from "@/lib/staff/rules/limits";

const reasons = ["tooOften", "oneself", "lastAdmin", "notStaff"] as const;

/** What the last form on `/support/staff` led to. */
export async function StaffNotice({ notice }: { notice: Notice | null }) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      const forms = [await inviteForm(notice), await roleForm(notice, notice.values.id ?? "")];
      const reason = reasons.find((one) => one === notice.reason);
      if (reason !== undefined && forms.some((form) => form.isRefused)) {
        return <Alert title={(await getTranslations("staff.errors"))(reason)} />;
      }
      const title = (await getTranslations("common"))("problem");
      return <ErrorSummary title={title} errors={forms.flatMap((form) => form.errors)} />;
    }
    case "done":
      return <Done what={notice.what} values={notice.values} />;
    default:
      return null;
  }
}

async function Done({ what, values }: { what: string; values: Record<string, string> }) {
  const t = await getTranslations("staff.done");
  const { email = "", role = "" } = values;
  switch (what) {
    case "invited":
      return <Status>{t(what, { email, hours: staffNumbers.invitationHours })}</Status>;
    case "invitation-withdrawn":
    case "role-unchanged":
      return <Status>{t(what, { email })}</Status>;
    case "invitation-over":
      return <Status>{t(what)}</Status>;
    case "role-changed":
      return <Status>{t(what, { email, role: (await roleWords())(role) })}</Status>;
    default:
      return null;
  }
}
