import { passkeyRefusal } from "@/app/passkeys/passkey-words";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import type { Notice } from "@/lib/forms/notice";
import { passkeyRefused } from "@/lib/forms/refused-forms";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

/** What is wrong with the fields that remove a factor at once, by field. */
export async function notMeErrors(notice: Notice | null) {
  if (notice?.kind !== "form-refused" || notice.form !== "not-me") return [];
  const t = await getTranslations("notMe.errors");
  const known = ["passwordMissing", "passwordWrong", "answerMissing", "answerNone", "answerWrong"];
  return Object.entries(notice.errors).flatMap(([field, key]) =>
    known.includes(key) ? [{ field, message: t(key as "passwordWrong") }] : [],
  );
}

type NotMeRefusedProps = { notice: Notice | null; timeZone: string | null };

/** Why a press did nothing yet. */
export async function NotMeRefused({ notice, timeZone }: NotMeRefusedProps) {
  if (notice?.kind === "unavailable") {
    return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
  }
  if (notice?.kind !== "form-refused" || notice.form !== "not-me") return null;
  const errors = await notMeErrors(notice);
  if (errors.length > 0) {
    return <ErrorSummary title={(await getTranslations("common"))("problem")} errors={errors} />;
  }
  const because = passkeyRefused.find((one) => one === notice.reason);
  if (because !== undefined) return <Alert title={await passkeyRefusal(because)} />;
  const t = await getTranslations("notMe.errors");
  const { reason, until, reference = "" } = notice;
  const tags = await momentTags(new Date(until ?? 0), { timeZone });
  switch (reason) {
    case "tooMany":
      return <Alert title={t.rich(reason, tags)} />;
    case "itself":
      return <Alert title={t(reason)} />;
    case "blocked":
      return <Alert title={t.rich(reason, { ...tags, reference })} />;
    default:
      return null;
  }
}
