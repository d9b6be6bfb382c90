import type { Locale } from "@/lib/i18n/locales";
import { getLocale } from "@/lib/i18n/translations";

/** What the languages are called in the one that the page is read in. */
export async function languageName(): Promise<(language: Locale) => string> {
  const names = new Intl.DisplayNames(await getLocale(), { type: "language" });
  return (language) => names.of(language) ?? language;
}
