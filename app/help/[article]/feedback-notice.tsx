import { feedbackForm, feedbackForms } from "@/app/help/[article]/feedback-forms";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

/** What the last form below this article led to. */
export async function FeedbackNotice({ notice }: { notice: Notice | null }) {
  const t = await getTranslations("helpFeedback");
  if (notice?.kind === "done") {
    switch (notice.what) {
      case "help-useful":
        return <Status>{t("done.useful")}</Status>;
      case "help-stars":
        return <Status>{t("done.stars", { stars: Number(notice.values.stars) })}</Status>;
      case "help-asked":
        return <Status>{t("done.asked")}</Status>;
      default:
        return null;
    }
  }
  if (notice?.kind !== "form-refused") return null;
  const forms = await Promise.all(feedbackForms.map((form) => feedbackForm(notice, form)));
  const { reason, until } = notice;
  if ((reason === "tooManyVoices" || reason === "tooManyQuestions") && until !== undefined) {
    const tags = await momentTags(new Date(until));
    return <Alert title={t.rich(`errors.${reason}`, tags)} />;
  }
  if (reason === "unavailable") return <Alert title={t("errors.unavailable")} />;
  const title = (await getTranslations("common"))("problem");
  return <ErrorSummary title={title} errors={forms.flatMap((form) => form.errors)} />;
}
