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

/**
 * A short length of time in words, such as "42 seconds" or "3 minutes, 7 seconds": whole seconds below
 * two minutes, and never none at all.
 */
export function secondsText(seconds: number, locale: Locale): string {
  const whole = Math.max(1, Math.round(seconds));
  const format = (amount: number, unit: "minute" | "second") =>
    new Intl.NumberFormat(formattingLocales[locale], {
      style: "unit",
      unit,
      unitDisplay: "long",
    }).format(amount);
  if (whole < 120) return format(whole, "second");
  const parts = [format(Math.floor(whole / 60), "minute")];
  if (whole % 60 > 0) parts.push(format(whole % 60, "second"));
  const list = new Intl.ListFormat(formattingLocales[locale], { type: "unit", style: "long" });
  return list.format(parts);
}
