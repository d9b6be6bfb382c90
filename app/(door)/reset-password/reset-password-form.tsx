import { resetPasswordAction } from "@/app/(door)/reset-password/actions";
import { TypedPassword } from "@/app/forms/typed-password";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
import { ErrorSummary } from "@/components/error-summary";
import { PostForm } from "@/components/post-form";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { newPasswordError } from "@/lib/password/new-password-error";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "@/lib/password/typed-credentials";

type ResetPasswordFormProps = { token: string; email: string; notice: Notice | null };

export async function ResetPasswordForm({ token, email, notice }: ResetPasswordFormProps) {
  const t = await getTranslations("password.reset");
  const common = await getTranslations("common");
  const hint = (await getTranslations("signup"))("passwordHint", {
    min: PASSWORD_MIN_LENGTH,
    max: PASSWORD_MAX_LENGTH,
  });
  const error = notice?.kind === "reset-invalid" ? await newPasswordError(notice.error) : undefined;
  const errors = error === undefined ? [] : [{ field: "newPassword", message: error }];
  return (
    <>
      <ErrorSummary title={common("problem")} errors={errors} />
      {notice?.kind === "unavailable" ? (
        <Alert title={(await getTranslations("login.errors"))("unavailable")} />
      ) : null}
      <PostForm action={resetPasswordAction} className="grid gap-5">
        <input type="hidden" name="token" value={token} />
        <TypedPassword
          of={email}
          name="newPassword"
          label={t("newPassword")}
          hint={hint}
          purpose="new"
          required
          error={error}
          errorPrefix={common("errorPrefix")}
        />
        <p className="text-quiet">{t("after")}</p>
        <Button>{t("submit")}</Button>
      </PostForm>
    </>
  );
}
