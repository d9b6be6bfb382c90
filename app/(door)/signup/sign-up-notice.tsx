import { signUpErrors } from "@/app/(door)/signup/sign-up-errors";
import { BlockedCard } from "@/app/blocked-card";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

const tooManyWords = {
  network: "tooManySignups",
  address: "tooManyForAddress",
  everybody: "tooManyInAll",
} as const;

/** What is wrong with the sign-up that was just sent. */
export async function SignUpNotice({ notice }: { notice: Notice | null }) {
  const t = await getTranslations("signup.errors");
  switch (notice?.kind) {
    case "signup-invalid": {
      const title = (await getTranslations("common"))("problem");
      return <ErrorSummary title={title} errors={await signUpErrors(notice)} />;
    }
    case "signup-too-many": {
      const tags = await momentTags(new Date(notice.until));
      return <Alert title={t.rich(tooManyWords[notice.of], tags)} />;
    }
    case "blocked":
      return (
        <BlockedCard {...notice} since={new Date(notice.since)} until={new Date(notice.until)} />
      );
    case "unavailable":
      return <Alert title={t("unavailable")} />;
    default:
      return null;
  }
}
