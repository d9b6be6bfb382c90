import { changePasswordAction } from "@/app/account/password/actions";
import { changeErrors } from "@/app/account/password/change-errors";
import { TypedPassword } from "@/app/forms/typed-password";
import { Button } from "@/components/button";
import { Checkbox } from "@/components/checkbox";
import { PostForm } from "@/components/post-form";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "@/lib/password/typed-credentials";

type ChangePasswordFormProps = { email: string; notice: Notice | null };

export async function ChangePasswordForm({ email, notice }: ChangePasswordFormProps) {
  const t = await getTranslations("password.change");
  const errorPrefix = (await getTranslations("common"))("errorPrefix");
  const hint = (await getTranslations("signup"))("passwordHint", {
    min: PASSWORD_MIN_LENGTH,
    max: PASSWORD_MAX_LENGTH,
  });
  const errors = await changeErrors(notice);
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  const sent = notice?.kind === "change-invalid" || notice?.kind === "change-too-many";
  return (
    <PostForm action={changePasswordAction} className="grid gap-5">
      <TypedPassword
        of={email}
        name="currentPassword"
        label={t("currentPassword")}
        purpose="current"
        required
        error={errorOf("currentPassword")}
        errorPrefix={errorPrefix}
      />
      <TypedPassword
        name="newPassword"
        label={t("newPassword")}
        hint={hint}
        purpose="new"
        required
        error={errorOf("newPassword")}
        errorPrefix={errorPrefix}
      />
      <Checkbox
        name="signOutElsewhere"
        label={t("elsewhere")}
        hint={t("elsewhereHint")}
        defaultChecked={sent ? notice.elsewhere : true}
      />
      <Button>{t("submit")}</Button>
    </PostForm>
  );
}
