import { type RefusedForm, refusedForm } from "@/app/forms/refused-form";
import type { Notice } from "@/lib/forms/notice";
import { helpPageNumbers } from "@/lib/help/rules/limits";
import { getTranslations } from "@/lib/i18n/translations";

export const feedbackForms = ["help-useful", "help-stars", "help-ask"] as const;

/** The answer to a form below this article; another article's is none of its business. */
export function noticeFor(notice: Notice | null, article: string): Notice | null {
  if (notice?.kind !== "form-refused" && notice?.kind !== "done") return null;
  return notice.values.article === article ? notice : null;
}

/** One form below an article, as it was answered. */
export async function feedbackForm(
  notice: Notice | null,
  form: (typeof feedbackForms)[number],
): Promise<RefusedForm> {
  const t = await getTranslations("helpFeedback.errors");
  return refusedForm(notice, form, (key) => t(key, helpPageNumbers));
}
