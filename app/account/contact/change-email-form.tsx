import { getTranslations } from "next-intl/server";
import { changeEmailAction } from "@/app/account/contact/actions";
import { contactForm } from "@/app/account/contact/contact-forms";
import { fieldOf } from "@/app/account/refused-form";
import { Button } from "@/components/button";
import { Field, fieldId } from "@/components/field";
import { PasswordField } from "@/components/password-field";
import { PostForm } from "@/components/post-form";
import type { Notice } from "@/lib/auth/notice";

type ChangeEmailFormProps = { email: string; notice: Notice | null };

/** Asks for another contact e-mail. */
export async function ChangeEmailForm({ email, notice }: ChangeEmailFormProps) {
  const t = await getTranslations("contact.email");
  const errorPrefix = (await getTranslations("common"))("errorPrefix");
  const form = await contactForm(notice, "change-email");
  const idOf = (field: string) => fieldId(fieldOf("change-email", field));
  return (
    <PostForm action={changeEmailAction} className="grid gap-5">
      <Field
        name="email"
        id={idOf("email")}
        label={t("email")}
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        defaultValue={form.value("email") ?? email}
        error={form.error("email")}
        errorPrefix={errorPrefix}
      />
      <PasswordField
        name="password"
        id={idOf("password")}
        label={t("password")}
        purpose="current"
        required
        error={form.error("password")}
        errorPrefix={errorPrefix}
      />
      <Button>{t("submit")}</Button>
    </PostForm>
  );
}
