import { WideningNotice } from "@/app/account/confirm/widening-notice";
import { removeForm } from "@/app/account/security/two-step/remove/remove-errors";
import { passkeyRefusal } from "@/app/passkeys/passkey-words";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import type { Notice } from "@/lib/forms/notice";
import { passkeyRefused } from "@/lib/forms/refused-forms";
import { getTranslations } from "@/lib/i18n/translations";

type RemoveNoticeProps = { notice: Notice | null; timeZone: string | null };

/** What the form on `/account/security/two-step/remove` led to. */
export async function RemoveNotice({ notice, timeZone }: RemoveNoticeProps) {
  if (notice?.kind === "unavailable") {
    return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
  }
  if (notice?.kind !== "form-refused") return null;
  const { errors } = await removeForm(notice);
  if (notice.form === "remove-factor" && notice.reason === "itself") {
    return <Alert title={(await getTranslations("passkeys.errors"))("itself")} />;
  }
  const because = passkeyRefused.find((one) => one === notice.reason);
  if (notice.form === "remove-factor" && because !== undefined) {
    return <Alert title={await passkeyRefusal(because)} />;
  }
  return errors.length > 0 ? (
    <ErrorSummary title={(await getTranslations("common"))("problem")} errors={errors} />
  ) : (
    <WideningNotice page="remove" notice={notice} timeZone={timeZone} />
  );
}
