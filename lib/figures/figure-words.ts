import type { Day } from "@/lib/calendar-days";
import { formattingLocales, type Locale } from "@/lib/i18n/locales";

/** A day in few characters, such as "22 Nov". */
export function dayText(day: Day, locale: Locale): string {
  const format = new Intl.DateTimeFormat(formattingLocales[locale], {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
  });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** A whole number as a language writes it, such as "1,234". */
export const numberText = (number: number, locale: Locale) =>
  new Intl.NumberFormat(formattingLocales[locale]).format(number);

/** A share as a language writes it, such as "83%"; a small one with a decimal, for it may say much. */
export const shareText = (share: number, locale: Locale) =>
  new Intl.NumberFormat(formattingLocales[locale], {
    style: "percent",
    maximumFractionDigits: share < 0.1 ? 1 : 0,
  }).format(share);
