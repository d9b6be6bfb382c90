import { signUpAction } from "@/app/(door)/signup/actions";
import { signUpErrors } from "@/app/(door)/signup/sign-up-errors";
import { PAGE_FORM } from "@/app/forms/form-beside-switch";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "@/lib/password/typed-credentials";

export async function SignUpForm({ notice }: { notice: Notice | null }) {
  const t = await getTranslations("signup");
  const errorPrefix = (await getTranslations("common"))("errorPrefix");
  const errors = await signUpErrors(notice);
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  return (
    <PostForm id={PAGE_FORM} action={signUpAction} className="grid gap-5">
      <Field
        name="name"
        label={t("name")}
        autoComplete="name"
        required
        defaultValue={notice !== null && "name" in notice ? notice.name : undefined}
        error={errorOf("name")}
        errorPrefix={errorPrefix}
      />
      <Field
        name="email"
        type="email"
        label={t("email")}
        hint={t("emailHint")}
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        defaultValue={notice !== null && "email" in notice ? notice.email : undefined}
        error={errorOf("email")}
        errorPrefix={errorPrefix}
      />
      <TypedPassword
        name="password"
        label={t("password")}
        hint={t("passwordHint", { min: PASSWORD_MIN_LENGTH, max: PASSWORD_MAX_LENGTH })}
        purpose="new"
        required
        error={errorOf("password")}
        errorPrefix={errorPrefix}
      />
      <Button>{t("submit")}</Button>
    </PostForm>
  );
}
