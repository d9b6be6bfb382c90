import type { Locale } from "@/lib/i18n/locales";

/** A country's name in the page's language, from its ISO 3166 code; null when there is none. */
export function countryName(code: string | null | undefined, locale: Locale): string | null {
  if (!code || !/^[A-Z]{2}$/.test(code)) return null;
  const name = new Intl.DisplayNames(locale, { type: "region", fallback: "none" }).of(code);
  return name ?? null;
}
