import { getTranslations } from "next-intl/server";
import { discardAction, sendAction } from "@/app/(door)/recover/actions";
import { Button } from "@/components/button";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";

/** Sends a draft, or gives it up. */
export async function SendSection() {
  const t = await getTranslations("recover.draft.send");
  return (
    <Section id="send" title={t("title")}>
      <p className="text-quiet">{t("what")}</p>
      <PostForm action={sendAction}>
        <Button>{t("submit")}</Button>
      </PostForm>
      <PostForm action={discardAction}>
        <Button kind="quiet">{t("discard")}</Button>
      </PostForm>
    </Section>
  );
}
