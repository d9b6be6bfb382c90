import { closeAccountAction } from "@/app/account/data/actions";
import { dataForm } from "@/app/account/data/data-forms";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { PostForm } from "@/components/post-form";
import { headingId, Section } from "@/components/section";
import { closingNumbers } from "@/lib/closing/rules/limits";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

/** Asks for the end of the account. */
export async function CloseForm({ email, notice }: { email: string; notice: Notice | null }) {
  const t = await getTranslations("closing.close");
  const form = await dataForm(notice, "close");
  return (
    <Section id="close" title={t("title")}>
      <p className="text-quiet">{t("lead", closingNumbers)}</p>
      <PostForm action={closeAccountAction} className="grid gap-5">
        <TypedPassword
          of={email}
          about={headingId("close")}
          {...form.field("password")}
          label={t("password")}
          purpose="current"
          required
        />
        <Button kind="secondary">{t("submit")}</Button>
      </PostForm>
    </Section>
  );
}
