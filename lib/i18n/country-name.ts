import { formattingLocales, type Locale } from "@/lib/i18n/locales";
import { keepLast } from "@/lib/keep-last";

const kept = keepLast<Intl.DisplayNames>(10);
const namesIn = (locale: Locale) =>
  kept(
    locale,
    () => new Intl.DisplayNames(formattingLocales[locale], { type: "region", fallback: "none" }),
  );

/** A country's name in the page's language, from its ISO 3166 code; null when there is none. */
export function countryName(code: string | null | undefined, locale: Locale): string | null {
  if (!code || !/^[A-Z]{2}$/.test(code)) return null;
  return namesIn(locale).of(code) ?? null;
}
