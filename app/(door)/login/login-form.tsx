import { signInAction } from "@/app/(door)/login/actions";
import { PAGE_FORM } from "@/app/forms/form-beside-switch";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { TextLink } from "@/components/text-link";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { emailLengths } from "@/lib/typed/email-address";

type LoginFormProps = { notice: Notice | null; callbackUrl: string | null };

const emailErrors = ["emailMissing", "emailInvalid", "emailTooLong"] as const;

export async function LoginForm({ notice, callbackUrl }: LoginFormProps) {
  const t = await getTranslations("login");
  const common = await getTranslations("common");
  const errors = notice?.kind === "login-invalid" ? notice.errors : {};
  const emailError = emailErrors.find((key) => key === errors.email);
  return (
    <PostForm id={PAGE_FORM} action={signInAction} className="grid gap-5">
      {callbackUrl === null ? null : <input type="hidden" name="callbackUrl" value={callbackUrl} />}
      <Field
        name="email"
        type="email"
        label={t("email")}
        // The last word has browsers offer passkeys there (HTML, "autofill").
        autoComplete="username webauthn"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        defaultValue={notice !== null && "email" in notice ? notice.email : undefined}
        error={emailError && t(`errors.${emailError}`, emailLengths)}
        errorPrefix={common("errorPrefix")}
      />
      <div className="grid gap-2">
        <TypedPassword
          name="password"
          label={t("password")}
          purpose="current"
          required
          error={errors.password && t("errors.passwordMissing")}
          errorPrefix={common("errorPrefix")}
        />
        <p>
          <TextLink href="/forgot-password">{t("forgotPassword")}</TextLink>
        </p>
      </div>
      <Button>{t("submit")}</Button>
    </PostForm>
  );
}
