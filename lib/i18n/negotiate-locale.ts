import { match } from "@formatjs/intl-localematcher";
import Negotiator from "negotiator";
import { defaultLocale, type Locale, locales } from "@/lib/i18n/locales";

// A header may be as long as all headers together; no browser names more languages than fit in here.
const LONGEST_READ = 1000;

// The matcher throws at what is no tag of a language.
function isTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

// RFC 9110, 12.4.2: what has no such quality counts as one that is not asked for.
const isRead = (range: string): boolean => {
  const [, q] = /;\s*q\s*=\s*([^;]*?)\s*(?:;|$)/i.exec(range) ?? [];
  return q === undefined || /^(0(\.\d*)?|1(\.0*)?)$/.test(q);
};

/**
 * Chooses the page's language from an `Accept-Language` header.
 *
 * @param header as received, or null; never fails, whatever it holds
 * @returns the language of highest quality that we speak (a region is ignored), else English
 */
export function negotiateLocale(header: string | null | undefined): Locale {
  const ranges = (header ?? "").slice(0, LONGEST_READ).split(",").filter(isRead);
  const read = new Negotiator({ headers: { "accept-language": ranges.join(",") } });
  const asked = read.languages();
  // "*" takes what we have, and so nothing that is asked for behind it counts.
  const before = asked.includes("*") ? asked.slice(0, asked.indexOf("*")) : asked;
  const found = match(before.filter(isTag), locales, defaultLocale, { algorithm: "lookup" });
  return locales.find((locale) => locale === found) ?? defaultLocale;
}
