import { answerForm } from "@/app/support/questions/answer-form";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import { TextLink } from "@/components/text-link";
import type { Notice } from "@/lib/forms/notice";
import { isArticle } from "@/lib/help/articles";
import { getTranslations } from "@/lib/i18n/translations";

/** What the last form of staff's page of questions led to. */
export async function QuestionsNotice({ notice }: { notice: Notice | null }) {
  const t = await getTranslations("helpFeedback.staff");
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "done":
      return <Done what={notice.what} values={notice.values} />;
    case "form-refused":
      break;
    default:
      return null;
  }
  if (notice.form !== "help-answer") return null;
  const { values, reason } = notice;
  if (reason === "unavailable") return <Alert title={t("errors.unavailable")} />;
  if (reason === "overPublished" || reason === "overDeclined") {
    const yours = values.answer;
    return (
      <Alert title={t(`errors.${reason}`)}>
        {reason === "overPublished" ? <SeeIt values={values} /> : null}
        {yours === undefined ? null : (
          <div>
            <p className="font-semibold">{t("errors.yours")}</p>
            <p className="whitespace-pre-line">{yours}</p>
          </div>
        )}
      </Alert>
    );
  }
  const { errors } = await answerForm(notice, values.id ?? "");
  return <ErrorSummary title={(await getTranslations("common"))("problem")} errors={errors} />;
}

type Values = { values: Record<string, string> };

async function Done({ what, values }: Values & { what: string }) {
  const t = await getTranslations("helpFeedback.staff.done");
  switch (what) {
    case "help-published":
      return (
        <Status>
          {t("published")} <SeeIt values={values} />
        </Status>
      );
    case "help-declined":
      return <Status>{t("declined")}</Status>;
    case "help-already-published":
      return (
        <Alert title={t("alreadyPublished")}>
          <SeeIt values={values} />
        </Alert>
      );
    case "help-already-declined":
      return <Alert title={t("alreadyDeclined")} />;
    case "help-taken-back":
      return <Status>{t("takenBack")}</Status>;
    case "help-not-published":
      return <Alert title={t("notPublished")} />;
    default:
      return null;
  }
}

/** Leads to a published question on the page of its article. */
async function SeeIt({ values }: Values) {
  const t = await getTranslations("helpFeedback.staff.errors");
  const { article = "", id } = values;
  if (!isArticle(article)) return null;
  return (
    <span>
      <TextLink href={`/help/${article}#question-${id}`}>{t("seeIt")}</TextLink>
    </span>
  );
}
