import { formattingLocales, type Locale } from "@/lib/i18n/locales";

/** A country's name in the page's language, from its ISO 3166 code; null when there is none. */
export function countryName(code: string | null | undefined, locale: Locale): string | null {
  if (!code || !/^[A-Z]{2}$/.test(code)) return null;
  const names = new Intl.DisplayNames(formattingLocales[locale], {
    type: "region",
    fallback: "none",
  });
  return names.of(code) ?? null;
}
