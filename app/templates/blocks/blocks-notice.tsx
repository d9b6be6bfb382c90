import { refusedForm } from "@/app/forms/refused-form";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { blockNumbers } from "@/lib/templates/text-numbers";

/** The form that begins a block, as it was answered. */
export async function blockForm(notice: Notice | null) {
  const t = await getTranslations("templates.errors");
  return refusedForm(notice, "create-block", (key) => t(key, blockNumbers));
}

const reasons = ["blockOutdated", "blockInUse"] as const;

/** What the last form on `/templates/blocks` led to. */
export async function BlocksNotice({ notice }: { notice: Notice | null }) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      const reason = reasons.find((one) => one === notice.reason);
      if (reason !== undefined) {
        return <Alert title={(await getTranslations("templates.errors"))(reason)} />;
      }
      const { errors } = await blockForm(notice);
      return <ErrorSummary title={(await getTranslations("common"))("problem")} errors={errors} />;
    }
    case "done": {
      const t = await getTranslations("templates.done");
      return notice.what === "block-removed" || notice.what === "block-draft-removed" ? (
        <Status>{t(notice.what)}</Status>
      ) : null;
    }
    default:
      return null;
  }
}
