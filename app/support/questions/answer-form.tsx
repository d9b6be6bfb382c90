import { refusedForm } from "@/app/forms/refused-form";
import { declineQuestionAction, publishAnswerAction } from "@/app/support/questions/actions";
import { languageName } from "@/app/support/questions/language-name";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { PostForm } from "@/components/post-form";
import { TextArea } from "@/components/text-area";
import type { Notice } from "@/lib/forms/notice";
import type { WaitingQuestion } from "@/lib/help/moderation-page";
import { helpPageNumbers } from "@/lib/help/rules/limits";
import { getTranslations } from "@/lib/i18n/translations";

type AnswerFormProps = {
  question: WaitingQuestion;
  notice: Notice | null;
  /** The first of the list is open, so that one can begin. */
  isFirst: boolean;
  /** The ids of what the question is distinguished by. */
  describedBy: string;
};

/** What was typed for this question, where it was not taken. */
export async function answerForm(notice: Notice | null, id: string) {
  const t = await getTranslations("helpFeedback.staff.errors");
  const own =
    notice?.kind === "form-refused" && notice.form === "help-answer" && notice.values.id === id
      ? notice
      : null;
  return refusedForm(own, "help-answer", (key) => t(key, helpPageNumbers), `help-answer-${id}`);
}

/** Answers a question for everybody, after taking out what is personal; or declines it. */
export async function AnswerForm({ question, notice, isFirst, describedBy }: AnswerFormProps) {
  const t = await getTranslations("helpFeedback.staff");
  const { id, locale } = question;
  const form = await answerForm(notice, id);
  const language = (await languageName())(locale);
  const { maxAnswer, maxQuestion } = helpPageNumbers;
  return (
    <Disclosure
      summary={t("open")}
      describedBy={describedBy}
      open={form.isRefused || (isFirst && notice?.kind !== "form-refused")}
    >
      <PostForm action={publishAnswerAction} className="grid gap-4">
        <input type="hidden" name="id" value={id} />
        <TextArea
          {...form.field("question")}
          label={t("asPublished")}
          hint={t("asPublishedHint")}
          lang={locale}
          rows={3}
          maxLength={maxQuestion}
          required
          defaultValue={form.value("question") ?? question.question}
        />
        <TextArea
          {...form.field("answer")}
          label={t("answer")}
          hint={t("answerHint", { language, max: maxAnswer })}
          lang={locale}
          rows={5}
          maxLength={maxAnswer}
          required
          defaultValue={form.value("answer") ?? question.answer ?? undefined}
        />
        <div>
          <Button kind="inline" aria-describedby={describedBy}>
            {t("publish")}
          </Button>
        </div>
      </PostForm>
      <PostForm action={declineQuestionAction}>
        <input type="hidden" name="id" value={id} />
        <Button kind="inline" aria-describedby={describedBy}>
          {t("decline")}
        </Button>
      </PostForm>
    </Disclosure>
  );
}
