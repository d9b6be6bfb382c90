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

/**
 * The locale by which dates and numbers are written. English the British way: 14:32 reads the same in all
 * languages, and no am or pm. Portuguese the European way, as its texts are.
 */
export const formattingLocales: Record<Locale, string> = {
  en: "en-GB",
  fr: "fr",
  pt: "pt-PT",
  es: "es",
};

/**
 * What parts the cells of a CSV file. The Excel of some languages has the comma for decimals, and takes
 * what semicolons part for cells.
 */
export const csvSeparators: Record<Locale, string> = { en: ",", fr: ";", pt: ";", es: ";" };

/** Whether a value from a cookie, a form or a record is one of our languages. */
export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}
