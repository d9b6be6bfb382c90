import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { newPasswordError } from "@/lib/password/new-password-error";
import type { ChangeErrors } from "@/lib/recovery/change-password";

/** The form's errors in the page's language, by field and in their order. */
export async function changeErrors(notice: Notice | null) {
  if (notice?.kind !== "change-invalid") return [];
  const t = await getTranslations("password.change.errors");
  const { currentPassword, newPassword } = notice.errors as ChangeErrors;
  const errors: { field: string; message: string }[] = [];
  if (currentPassword !== undefined) {
    errors.push({ field: "currentPassword", message: t(currentPassword) });
  }
  if (newPassword !== undefined) {
    const message =
      newPassword === "sameAsCurrent" ? t(newPassword) : await newPasswordError(newPassword);
    errors.push({ field: "newPassword", message });
  }
  return errors;
}
