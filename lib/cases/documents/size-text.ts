import type { Locale } from "@/lib/i18n/locales";

const KILOBYTE = 1_024;
const MEGABYTE = 1_024 * KILOBYTE;

const format = (amount: number, unit: "kilobyte" | "megabyte", locale: Locale) =>
  new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);

/** The size of a file for people, such as "3.2 MB" or "80 kB". */
export function sizeText(bytes: number, locale: Locale): string {
  if (bytes >= MEGABYTE) return format(bytes / MEGABYTE, "megabyte", locale);
  return format(Math.max(1, Math.round(bytes / KILOBYTE)), "kilobyte", locale);
}
