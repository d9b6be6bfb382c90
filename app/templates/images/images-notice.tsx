import { refusedForm } from "@/app/forms/refused-form";
import { Alert } from "@/components/alert";
import { ErrorSummary } from "@/components/error-summary";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { imageNumbers } from "@/lib/templates/text-numbers";

/** The form that uploads a picture, as it was answered. */
export async function imageForm(notice: Notice | null) {
  const t = await getTranslations("templates.errors");
  return refusedForm(notice, "upload-image", (key) => t(key, imageNumbers));
}

/** What the last form on `/templates/images` led to. */
export async function ImagesNotice({ notice }: { notice: Notice | null }) {
  switch (notice?.kind) {
    case "unavailable":
      return <Alert title={(await getTranslations("login.errors"))("unavailable")} />;
    case "form-refused": {
      const { errors } = await imageForm(notice);
      return <ErrorSummary title={(await getTranslations("common"))("problem")} errors={errors} />;
    }
    case "done": {
      const t = await getTranslations("templates.done");
      return notice.what === "image-uploaded" || notice.what === "image-kept-already" ? (
        <Status>{t(notice.what)}</Status>
      ) : null;
    }
    default:
      return null;
  }
}
