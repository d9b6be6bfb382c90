import { turnOnAction } from "@/app/account/security/two-step/app/actions";
import { appForm } from "@/app/account/security/two-step/app/app-errors";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { FiguresField } from "@/components/figures-field";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

/** Turns an app on that is being added. */
export async function AppForm({ email, notice }: { email: string; notice: Notice | null }) {
  const t = await getTranslations("twoStep");
  const form = await appForm(notice);
  return (
    <Section id="confirm" title={t("add.confirm")}>
      <PostForm action={turnOnAction} className="grid gap-5">
        <Field
          {...form.field("name")}
          label={t("add.name")}
          hint={t("add.nameHint")}
          defaultValue={form.value("name") ?? ""}
          autoComplete="off"
          required
        />
        <FiguresField
          {...form.field("code")}
          label={t("add.code")}
          hint={t("add.codeHint")}
          autoComplete="one-time-code"
        />
        <TypedPassword
          of={email}
          {...form.field("password")}
          label={t("password")}
          purpose="current"
          required
        />
        <Button>{t("add.submit")}</Button>
      </PostForm>
    </Section>
  );
}
