import { Alert } from "@/components/alert";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

/** What the last form on `/account/security/mails` led to. */
export async function MailsNotice({ notice }: { notice: Notice | null }) {
  if (notice?.kind === "unavailable") {
    return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
  }
  if (notice?.kind !== "done") return null;
  switch (notice.what) {
    case "notices-on":
    case "notices-off":
      return <Status>{(await getTranslations("sessions.done"))(notice.what)}</Status>;
    default:
      return null;
  }
}
