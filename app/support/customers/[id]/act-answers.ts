import { type RefusedForm, refusedForm } from "@/app/forms/refused-form";
import { actNames } from "@/lib/account/acts";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { supportNumbers } from "@/lib/support/rules/limits";

/** The forms of a customer's page that ask for a reason: each act's, and the second half of the pass. */
export const actForms = [...actNames, "confirm-call-back"] as const;

export type ActForm = (typeof actForms)[number];

/** The answer to a form of this customer's page; null: there is none, or another page's. */
export function noticeFor(notice: Notice | null, customer: string): Notice | null {
  if (notice?.kind !== "form-refused" && notice?.kind !== "done") return notice;
  return notice.values.customer === customer ? notice : null;
}

/**
 * Reads the answer to one form of the page.
 *
 * @param notice of this customer's page
 * @param target which place or block the form is about, where there are several
 */
export async function answeredForm(
  notice: Notice | null,
  form: ActForm,
  target = "",
): Promise<RefusedForm> {
  const t = await getTranslations("support.errors");
  const isIt = notice?.kind === "form-refused" && notice.values.target === target;
  const named = target === "" ? form : `${form}-${target}`;
  return refusedForm(isIt ? notice : null, form, (key) => t(key, supportNumbers), named);
}
