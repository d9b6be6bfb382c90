import { getTranslations } from "next-intl/server";
import { saveStoryAction } from "@/app/(door)/recover/actions";
import { recoverForm, recoverNumbers } from "@/app/(door)/recover/recover-forms";
import { fieldOf } from "@/app/forms/refused-form";
import { Button } from "@/components/button";
import { fieldId } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { TextArea } from "@/components/text-area";
import type { Draft } from "@/lib/cases/request/draft-page";
import type { Notice } from "@/lib/forms/notice";

/** Asks what happened to the mailbox; what was typed stays, whatever is wrong with it. */
export async function StorySection({ draft, notice }: { draft: Draft; notice: Notice | null }) {
  const t = await getTranslations("recover.story");
  const form = await recoverForm(notice, "recover-story");
  return (
    <Section id="story" title={t("title")}>
      <PostForm action={saveStoryAction} className="grid gap-5">
        <TextArea
          name="story"
          id={fieldId(fieldOf("recover-story", "story"))}
          label={t("label")}
          hint={t("hint", await recoverNumbers())}
          rows={7}
          required
          defaultValue={draft.story.text}
          error={form.error("story")}
          errorPrefix={(await getTranslations("common"))("errorPrefix")}
        />
        <Button kind="secondary">{t("submit")}</Button>
      </PostForm>
    </Section>
  );
}
