import { recoverForm, recoverNumbers } from "@/app/(door)/recover/recover-forms";
import { fieldOf } from "@/app/forms/refused-form";
import { Button } from "@/components/button";
import { fieldId } from "@/components/field";
import { Section } from "@/components/section";
import { TextArea } from "@/components/text-area";
import type { Draft } from "@/lib/cases/request/draft-page";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

/** Asks what happened to what is lost; what was typed stays, whatever is wrong with it. */
export async function storySection({ draft, notice }: { draft: Draft; notice: Notice | null }) {
  const t = await getTranslations("recover.story");
  const form = await recoverForm(notice, "recover-story");
  const send = await recoverForm(notice, "recover-send");
  return (
    <Section id="story" title={t("title")}>
      <TextArea
        name="story"
        id={fieldId(fieldOf("recover-story", "story"))}
        label={t("label")}
        hint={t(draft.lost === "mailbox" ? "hint" : "factorsHint", await recoverNumbers())}
        rows={7}
        required
        defaultValue={draft.story.text}
        error={form.error("story") ?? send.error("story")}
        errorPrefix={(await getTranslations("common"))("errorPrefix")}
      />
      <Button kind="secondary" name="pressed" value="story">
        {t("submit")}
      </Button>
    </Section>
  );
}
