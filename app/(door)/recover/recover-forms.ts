import { type RefusedForm, refusedForm } from "@/app/forms/refused-form";
import { sizeText } from "@/lib/cases/documents/size-text";
import { caseNumbers } from "@/lib/cases/rules/limits";
import { env } from "@/lib/env/env";
import type { Notice } from "@/lib/forms/notice";
import { durationText } from "@/lib/i18n/duration-text";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import { emailLengths } from "@/lib/typed/email-address";

/** The forms of `/recover` and the pages below it, by the names their answers go by. */
export type RecoverForm =
  | "recover-start"
  | "recover-address"
  | "recover-code"
  | "recover-story"
  | "recover-document"
  | "recover-send"
  | "recover-look-up"
  | "recover-answer"
  | "recover-withdraw";

/** The numbers and examples that the words of these pages name. */
export async function recoverNumbers() {
  const locale = await getLocale();
  return {
    ...emailLengths,
    min: caseNumbers.minStory,
    max: caseNumbers.maxStory,
    count: caseNumbers.documents,
    days: caseNumbers.keptDays,
    live: caseNumbers.liveWithoutProof,
    hours: caseNumbers.draftHours,
    example: caseNumbers.exampleReference,
    size: sizeText(caseNumbers.maxBytes, locale),
    blockDuration: durationText(env().blockMinutes * 60, locale),
  };
}

/** One form of these pages, as it was answered. */
export async function recoverForm(notice: Notice | null, form: RecoverForm): Promise<RefusedForm> {
  const t = await getTranslations("recover.errors");
  const numbers = await recoverNumbers();
  return refusedForm(notice, form, (key, values) =>
    t(key, { ...numbers, left: Number(values.left ?? 0), format: values.format ?? "" }),
  );
}
