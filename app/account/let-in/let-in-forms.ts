import { refusedForm } from "@/app/forms/refused-form";
import type { Notice } from "@/lib/forms/notice";
import type { ErrorOf } from "@/lib/forms/refused-forms";
import { getTranslations } from "@/lib/i18n/translations";

/** The form of `/account/let-in`, as it was answered. */
export async function letInForm(notice: Notice | null) {
  const t = await getTranslations("letIn.errors");
  const password = await getTranslations("widening.errors");
  const words = (key: ErrorOf<"let-in">, { left = "" }: Record<string, string>) =>
    key === "passwordMissing" || key === "passwordWrong"
      ? password(key)
      : t(key, { left: Number(left) });
  return refusedForm(notice, "let-in", words);
}
