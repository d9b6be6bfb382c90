import { fieldOf } from "@/app/forms/refused-form";
import { sayUsefulAction } from "@/app/help/[article]/actions";
import { feedbackForm } from "@/app/help/[article]/feedback-forms";
import { Button } from "@/components/button";
import { fieldId } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { TextArea } from "@/components/text-area";
import type { Notice } from "@/lib/forms/notice";
import { helpPageNumbers } from "@/lib/help/rules/limits";
import { getTranslations } from "@/lib/i18n/translations";

type UsefulFormProps = {
  article: string;
  notice: Notice | null;
  /** What this browser said before; null: nothing. */
  own: boolean | null;
};

/** Whether an article helped: two buttons, and room for a word. */
export async function UsefulForm({ article, notice, own }: UsefulFormProps) {
  const t = await getTranslations("helpFeedback.useful");
  const form = await feedbackForm(notice, "help-useful");
  return (
    <Section id="useful" title={t("title")}>
      <PostForm action={sayUsefulAction} className="grid gap-4">
        <input type="hidden" name="article" value={article} />
        <TextArea
          name="comment"
          id={fieldId(fieldOf("help-useful", "comment"))}
          label={t("comment")}
          hint={t("hint")}
          rows={2}
          maxLength={helpPageNumbers.maxComment}
          defaultValue={form.value("comment")}
          error={form.error("comment")}
          errorPrefix={(await getTranslations("common"))("errorPrefix")}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button kind="inline" name="useful" value="yes">
            {t("yes")}
          </Button>
          <Button kind="inline" name="useful" value="no">
            {t("no")}
          </Button>
          {own === null ? null : (
            <p className="text-quiet text-sm">{t(own ? "saidYes" : "saidNo")}</p>
          )}
        </div>
      </PostForm>
    </Section>
  );
}
