import { addressesAsked } from "@/app/code-mails/addresses-asked";
import { PasskeyRefused } from "@/app/passkeys/passkey-refused";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import { env } from "@/lib/env/env";
import type { Notice } from "@/lib/forms/notice";
import { durationText } from "@/lib/i18n/duration-text";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import type { PendingWidening } from "@/lib/widening/pending-widening";

/** What is wrong with the typed code, in the page's language. */
export async function confirmErrors(notice: Notice | null, { asks }: PendingWidening) {
  const ofFactor = asks === "factor";
  switch (notice?.kind) {
    case "not-a-code":
      return [{ field: "code", message: await shapeError(notice, ofFactor) }];
    case "wrong-code": {
      const t = await getTranslations("widening.errors");
      const blockDuration = durationText(env().blockMinutes * 60, await getLocale());
      const message = t(ofFactor ? "factorWrong" : "codeWrong", {
        left: notice.attemptsLeft,
        blockDuration,
      });
      return [{ field: "code", message }];
    }
    default:
      return [];
  }
}

async function shapeError({ empty }: { empty: boolean }, ofFactor: boolean): Promise<string> {
  if (ofFactor) {
    return (await getTranslations("verify.factor.errors"))(empty ? "missing" : "noCode");
  }
  return (await getTranslations("verify.errors"))(empty ? "codeMissing" : "codeNotSixDigits");
}

type ConfirmNoticeProps = {
  notice: Notice | null;
  pending: PendingWidening;
  timeZone: string | null;
};

/** What the last form on `/account/confirm` led to. */
export async function ConfirmNotice({ notice, pending, timeZone }: ConfirmNoticeProps) {
  const t = await getTranslations("widening");
  const verify = await getTranslations("verify");
  switch (notice?.kind) {
    case "not-a-code":
    case "wrong-code": {
      const title = (await getTranslations("common"))("problem");
      return <ErrorSummary title={title} errors={await confirmErrors(notice, pending)} />;
    }
    case "passkey-refused":
      return <PasskeyRefused notice={notice} />;
    case "newer-sign-in":
      return <Alert title={t("errors.newerWish")} />;
    case "code-sent": {
      const tags = await momentTags(pending.expiresAt, { timeZone });
      const maskedEmail = await addressesAsked(notice.to, pending.maskedEmail);
      return <Status>{verify.rich("sentAgain", { ...tags, maskedEmail })}</Status>;
    }
    case "resend-too-early": {
      const tags = await momentTags(new Date(notice.from), { timeZone, seconds: true });
      return <Status>{verify.rich("errors.tooEarly", tags)}</Status>;
    }
    case "resend-too-often":
      return <Alert title={t("errors.tooOften")} />;
    case "unavailable":
      return <Alert title={verify("errors.unavailable")} />;
    default:
      return null;
  }
}
