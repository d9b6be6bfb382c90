import { refusedForm } from "@/app/forms/refused-form";
import { staffTextNumbers } from "@/lib/cases/review/review-text";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

export const caseForms = ["ask", "approve", "refuse"] as const;

export type CaseForm = (typeof caseForms)[number];

/** The answer to the last form, if that was one of this case: notices outlive the step to another one. */
export function noticeOfCase(notice: Notice | null, id: string): Notice | null {
  const isOfForm = notice?.kind === "form-refused" || notice?.kind === "done";
  return isOfForm && notice.values.case !== id ? null : notice;
}

/** One form of a case's page, as it was answered. */
export async function caseForm(notice: Notice | null, form: CaseForm) {
  const t = await getTranslations("supportCases.case.errors");
  return refusedForm(notice, form, (key) => t(key, staffTextNumbers));
}
