import { emailError } from "@/app/(door)/forgot-password/email-error";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { resetNumbers } from "@/lib/recovery/rules/limits";

/** What became of the request: the same words whether or not the address has an account. */
export async function ForgotPasswordNotice({ notice }: { notice: Notice | null }) {
  const t = await getTranslations("password.forgot");
  switch (notice?.kind) {
    case "forgot-invalid": {
      const title = (await getTranslations("common"))("problem");
      const message = await emailError(notice);
      const errors = message === undefined ? [] : [{ field: "email", message }];
      return <ErrorSummary title={title} errors={errors} />;
    }
    case "reset-asked": {
      const { minutes, perHour } = resetNumbers;
      return (
        <Status>
          <p className="break-words font-semibold">{t("asked", { email: notice.email })}</p>
          <p className="mt-2">{t("next", { minutes, count: perHour })}</p>
        </Status>
      );
    }
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    default:
      return null;
  }
}
