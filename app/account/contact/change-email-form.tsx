import { changeEmailAction } from "@/app/account/contact/actions";
import { contactForm } from "@/app/account/contact/contact-forms";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { headingId } from "@/components/section";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

type ChangeEmailFormProps = { email: string; notice: Notice | null };

/** Asks for another contact e-mail. */
export async function ChangeEmailForm({ email, notice }: ChangeEmailFormProps) {
  const t = await getTranslations("contact.email");
  const form = await contactForm(notice, "change-email");
  return (
    <PostForm action={changeEmailAction} className="grid gap-5">
      <Field
        {...form.field("email")}
        label={t("email")}
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        defaultValue={form.value("email") ?? email}
      />
      <TypedPassword
        of={email}
        about={headingId("email")}
        {...form.field("password")}
        label={t("password")}
        purpose="current"
        // Contract, "Pages": two fields and a button, nothing else.
        isPlain
        required
      />
      <Button>{t("submit")}</Button>
    </PostForm>
  );
}
