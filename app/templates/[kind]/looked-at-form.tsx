import type { accountWords } from "@/app/account/account-words";
import { lookAtAction } from "@/app/templates/[kind]/actions";
import { languageOf } from "@/app/templates/text-words";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import { PostForm } from "@/components/post-form";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextPage } from "@/lib/templates/read-text";

type LookedAtFormProps = {
  page: TextPage;
  view: "visual" | "plain";
  words: Awaited<ReturnType<typeof accountWords>>;
};

/** Says that the leading language was published since, and lets somebody say that this text is right. */
export async function LookedAtForm({ page, view, words }: LookedAtFormProps) {
  const { key, outdated, leading } = page;
  if (outdated === null || leading === null) return null;
  const t = await getTranslations("templates.text");
  return (
    <Notice>
      <p>
        {t("isOutdated", { language: languageOf(leading.language), date: words.when(outdated.at) })}
      </p>
      <PostForm action={lookAtAction} className="mt-3">
        <input type="hidden" name="kind" value={key.subject} />
        <input type="hidden" name="language" value={key.language} />
        <input type="hidden" name="view" value={view} />
        <input type="hidden" name="seen" value={outdated.version} />
        <Button kind="inline">{t("lookedAt")}</Button>
      </PostForm>
    </Notice>
  );
}
