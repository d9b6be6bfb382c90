import { withdrawAction } from "@/app/(door)/recover/status/actions";
import { Button } from "@/components/button";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { getTranslations } from "@/lib/i18n/translations";

/** Takes a request back that is not over. */
export async function WithdrawSection({ token }: { token: string }) {
  const t = await getTranslations("recover.status.withdraw");
  return (
    <Section id="withdraw" title={t("title")}>
      <p className="text-quiet">{t("what")}</p>
      <PostForm action={withdrawAction}>
        <input type="hidden" name="token" value={token} />
        <Button kind="secondary">{t("submit")}</Button>
      </PostForm>
    </Section>
  );
}
