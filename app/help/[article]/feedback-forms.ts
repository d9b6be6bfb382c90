import { getTranslations } from "next-intl/server";
import { type RefusedForm, refusedForm } from "@/app/forms/refused-form";
import { textOf } from "@/app/help/kept-texts";
import type { Notice } from "@/lib/forms/notice";
import { helpPageNumbers } from "@/lib/help/rules/limits";

export const feedbackForms = ["help-useful", "help-stars", "help-ask"] as const;

/** A form below an article, as it was answered. */
export type FeedbackForm = RefusedForm & {
  /** A long text that was typed. */
  text(field: string): string | undefined;
};

/** The answer to a form below this article; another article's is none of its business. */
export function noticeFor(notice: Notice | null, article: string): Notice | null {
  if (notice?.kind !== "form-refused" && notice?.kind !== "done") return null;
  return notice.values.article === article ? notice : null;
}

/** One form below an article, as it was answered. */
export async function feedbackForm(
  notice: Notice | null,
  form: (typeof feedbackForms)[number],
): Promise<FeedbackForm> {
  const t = await getTranslations("helpFeedback.errors");
  const words = (key: string) => t(key as "commentTooLong", helpPageNumbers);
  const refused = await refusedForm(notice, form, words);
  const values =
    notice?.kind === "form-refused" && notice.form === form ? notice.values : undefined;
  return { ...refused, text: (field) => textOf(values, field) };
}
