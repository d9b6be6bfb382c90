import { requestResetAction } from "@/app/(door)/forgot-password/actions";
import { emailError } from "@/app/(door)/forgot-password/email-error";
import { PAGE_FORM } from "@/app/forms/form-beside-switch";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

export async function ForgotPasswordForm({ notice }: { notice: Notice | null }) {
  const t = await getTranslations("password.forgot");
  const asked = notice?.kind === "reset-asked";
  return (
    <PostForm id={PAGE_FORM} action={requestResetAction} className="grid gap-5">
      <Field
        name="email"
        type="email"
        label={t("email")}
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        defaultValue={notice !== null && "email" in notice ? notice.email : undefined}
        error={await emailError(notice)}
        errorPrefix={(await getTranslations("common"))("errorPrefix")}
      />
      <Button kind={asked ? "secondary" : "primary"}>{t("submit")}</Button>
    </PostForm>
  );
}
