/** The languages of pages and mails. The first is used when nothing else is known. */
export const locales = ["en", "fr", "pt", "es"] as const;

export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = "en";

/** What each language calls itself. */
export const localeNames: Record<Locale, string> = {
  en: "English",
  fr: "Français",
  pt: "Português",
  es: "Español",
};

/** Whether a value from a cookie, a form or a record is one of our languages. */
export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}
