import { refusedForm } from "@/app/forms/refused-form";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

/** The form that begins a block, as it was answered. */
export async function blockForm(notice: Notice | null) {
  const t = await getTranslations("templates.errors");
  return refusedForm(notice, "create-block", (key) => t(key));
}

/** What the last form on `/templates/blocks` led to. */
export async function BlocksNotice({ notice }: { notice: Notice | null }) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      const { errors } = await blockForm(notice);
      return <ErrorSummary title={(await getTranslations("common"))("problem")} errors={errors} />;
    }
    default:
      return null;
  }
}
