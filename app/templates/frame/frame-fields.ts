import { refusedForm } from "@/app/forms/refused-form";
import type { Notice } from "@/lib/forms/notice";
import { type Locale, locales } from "@/lib/i18n/locales";
import { getTranslations } from "@/lib/i18n/translations";
import { readTypedFrame } from "@/lib/mail-document/frame";
import { textNumbers } from "@/lib/templates/text-numbers";

/** The id of the form; hidden fields outside of it belong to it by that. */
export const FRAME_FORM = "frame-form";

export const footerField = (language: Locale) => `footer-${language}`;
export const legalField = (language: Locale) => `legal-${language}`;

/** The form of what is set once for all mails, as it was answered. */
export async function frameForm(notice: Notice | null) {
  const t = await getTranslations("templates.errors");
  return refusedForm(notice, "edit-frame", (key) => t(key, textNumbers));
}

/** What the form sends as a frame, or what is wrong with it. @param typed one of its fields */
export function readFrameForm(typed: (field: string) => string) {
  const words = (field: (language: Locale) => string) =>
    Object.fromEntries(locales.map((language) => [language, typed(field(language))]));
  return readTypedFrame({
    ...{ logo: typed("logo"), light: typed("light"), dark: typed("dark") },
    ...{ senderName: typed("senderName"), footer: words(footerField), legal: words(legalField) },
  });
}
