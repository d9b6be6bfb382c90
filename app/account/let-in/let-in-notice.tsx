import { letInForm } from "@/app/account/let-in/let-in-forms";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import { ipText } from "@/lib/client/ip-text";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

type LetInNoticeProps = { notice: Notice | null; timeZone: string | null };

/** What the form on `/account/let-in` led to. */
export async function LetInNotice({ notice, timeZone }: LetInNoticeProps) {
  const t = await getTranslations("letIn");
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      if (notice.form !== "let-in") return null;
      switch (notice.reason) {
        case "tooMany": {
          const tags = await momentTags(new Date(notice.until ?? 0), { timeZone });
          return <Alert title={(await getTranslations("widening")).rich("errors.tooMany", tags)} />;
        }
        case "numbersUsedUp":
        case "noneWaiting":
        case "already":
          return <Alert title={t(`reasons.${notice.reason}`)} />;
      }
      const { errors } = await letInForm(notice);
      const title = (await getTranslations("common"))("problem");
      return errors.length > 0 ? <ErrorSummary title={title} errors={errors} /> : null;
    }
    case "done": {
      if (notice.what !== "let-in") return null;
      const { ip = "" } = notice.values;
      return <Status>{ip === "" ? t("doneUnknown") : t("done", { ip: ipText(ip) })}</Status>;
    }
    default:
      return null;
  }
}
