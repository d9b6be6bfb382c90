import { defaultLocale, isLocale, type Locale } from "@/lib/i18n/locales";

type Wish = { language: string; quality: number };

// RFC 9110, 12.5.4: `pt-BR, fr;q=0.8`; a range without q counts 1, and q=0 means "not this one".
function readWish(range: string): Wish {
  const [tag = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  const quality = q === undefined ? 1 : /^(0(\.\d*)?|1(\.0*)?)$/.test(q) ? Number(q) : 0;
  return { language: tag.split("-")[0] ?? "", quality };
}

/**
 * Chooses the page's language from an `Accept-Language` header.
 *
 * @param header as received, or null; never fails, whatever it holds
 * @returns the wished language of highest quality that we speak (a region is ignored), else English
 */
export function negotiateLocale(header: string | null | undefined): Locale {
  const wishes = (header ?? "")
    .slice(0, 1000)
    .split(",")
    .map(readWish)
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wishes) {
    if (isLocale(language)) return language;
    if (language === "*") return defaultLocale;
  }
  return defaultLocale;
}
