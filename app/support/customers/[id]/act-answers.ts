import { getTranslations } from "next-intl/server";
import { type RefusedForm, refusedForm } from "@/app/forms/refused-form";
import { actNames } from "@/lib/account/acts";
import type { Notice } from "@/lib/forms/notice";
import { supportNumbers } from "@/lib/support/rules/limits";

/** The forms of a customer's page that ask for a reason: each act's, and the second half of the pass. */
export const actForms = [...actNames, "confirm-call-back"] as const;

export type ActForm = (typeof actForms)[number];

// What a notice keeps of one value at most (lib/forms/notice.ts); a reason may be longer.
const PART = 300;

/** What is kept of a form that was not taken: whose page, what it was about, and what was typed. */
export function keptValues(
  kept: { customer: string; target?: string; reason: string },
  more: Record<string, string> = {},
): Record<string, string> {
  const { customer, target = "", reason } = kept;
  const rest = reason.slice(PART, 2 * PART);
  return { customer, target, reason: reason.slice(0, PART), reasonRest: rest, ...more };
}

/** The answer to a form of this customer's page; null: there is none, or another page's. */
export function noticeFor(notice: Notice | null, customer: string): Notice | null {
  if (notice?.kind !== "form-refused" && notice?.kind !== "done") return notice;
  return notice.values.customer === customer ? notice : null;
}

/** One form of the page as it was answered. */
export type AnsweredForm = RefusedForm & { reason: string | undefined };

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
): Promise<AnsweredForm> {
  const t = await getTranslations("support.errors");
  const isIt = notice?.kind === "form-refused" && notice.values.target === target;
  const named = target === "" ? form : `${form}-${target}`;
  const words = (key: string) => t(key as "reasonMissing", supportNumbers);
  const read = await refusedForm(isIt ? notice : null, form, words, named);
  const first = read.value("reason");
  return { ...read, reason: first && `${first}${read.value("reasonRest") ?? ""}` };
}
