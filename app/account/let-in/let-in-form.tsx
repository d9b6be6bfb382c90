import { letInAction } from "@/app/account/let-in/actions";
import { letInForm } from "@/app/account/let-in/let-in-forms";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { FiguresField } from "@/components/figures-field";
import { PostForm } from "@/components/post-form";
import { headingId, Section } from "@/components/section";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

type LetInFormProps = {
  /** The account's. */
  email: string;
  notice: Notice | null;
};

/** Takes the number that the page of a waiting sign-in shows: typed, so that nobody picks the wrong one. */
export async function LetInForm({ email, notice }: LetInFormProps) {
  const t = await getTranslations("letIn");
  const form = await letInForm(notice);
  return (
    <Section id="let-in" title={t("form")}>
      <PostForm action={letInAction} className="grid gap-5">
        <FiguresField
          {...form.field("number")}
          label={t("number")}
          hint={t("numberHint")}
          autoComplete="off"
        />
        <TypedPassword
          of={email}
          about={headingId("let-in")}
          {...form.field("password")}
          label={t("password")}
          purpose="current"
          required
        />
        <Button>{t("submit")}</Button>
      </PostForm>
      <p className="text-quiet text-sm">{t("follows")}</p>
    </Section>
  );
}
