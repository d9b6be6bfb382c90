import { fieldOf } from "@/app/forms/refused-form";
import { askAction } from "@/app/help/[article]/actions";
import { feedbackForm } from "@/app/help/[article]/feedback-forms";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { fieldId } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { TextArea } from "@/components/text-area";
import type { Notice } from "@/lib/forms/notice";
import { helpPageNumbers } from "@/lib/help/rules/limits";
import { getTranslations } from "@/lib/i18n/translations";

type AskFormProps = { article: string; notice: Notice | null };

/** Room for a question about an article, for whoever has one. */
export async function AskForm({ article, notice }: AskFormProps) {
  const t = await getTranslations("helpFeedback.questions");
  const form = await feedbackForm(notice, "help-ask");
  const { minQuestion: min, maxQuestion: max } = helpPageNumbers;
  return (
    <Disclosure summary={t("ask")} open={form.isRefused}>
      <PostForm action={askAction} className="grid gap-4">
        <input type="hidden" name="article" value={article} />
        <TextArea
          name="question"
          id={fieldId(fieldOf("help-ask", "question"))}
          label={t("label")}
          hint={t("hint", { min, max })}
          rows={4}
          maxLength={max}
          required
          defaultValue={form.value("question")}
          error={form.error("question")}
          errorPrefix={(await getTranslations("common"))("errorPrefix")}
        />
        <div>
          <Button kind="inline">{t("submit")}</Button>
        </div>
      </PostForm>
    </Disclosure>
  );
}
