import { discardAction } from "@/app/templates/[kind]/actions";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { PostForm } from "@/components/post-form";
import { getTranslations } from "@/lib/i18n/translations";
import type { TextPage } from "@/lib/templates/read-text";

/** Throws a draft away; behind an opening, since nothing brings it back. */
export async function DiscardForm({ page, view }: { page: TextPage; view: "visual" | "plain" }) {
  if (page.draft === null) return null;
  const t = await getTranslations("templates.text");
  return (
    <Disclosure summary={t("discardTitle")}>
      <p>{t("discardLead")}</p>
      <PostForm action={discardAction}>
        <input type="hidden" name="kind" value={page.key.subject} />
        <input type="hidden" name="language" value={page.key.language} />
        <input type="hidden" name="view" value={view} />
        <input type="hidden" name="seen" value={page.revision} />
        <Button kind="inline">{t("discard")}</Button>
      </PostForm>
    </Disclosure>
  );
}
