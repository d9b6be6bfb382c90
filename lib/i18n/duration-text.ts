import { numberFormat } from "@/lib/i18n/formats";
import type { Locale } from "@/lib/i18n/locales";

const format = (amount: number, unit: "day" | "hour" | "minute" | "second", locale: Locale) =>
  numberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(amount);

/** A number of days in words, such as "7 days". */
export const daysText = (days: number, locale: Locale) => format(days, "day", locale);

/** A length of time in words, such as "1 hour", "90 minutes" or "30 seconds"; `seconds` above 0. */
export function durationText(seconds: number, locale: Locale): string {
  if (seconds % 3600 === 0) return format(seconds / 3600, "hour", locale);
  if (seconds % 60 === 0) return format(seconds / 60, "minute", locale);
  return format(Math.round(seconds), "second", locale);
}
