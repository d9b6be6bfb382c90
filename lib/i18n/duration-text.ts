import { numberFormat } from "@/lib/i18n/formats";
import { formattingLocales, type Locale } from "@/lib/i18n/locales";

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

/**
 * How long something took, in words as exact as is of use: "42 seconds", "3 minutes, 7 seconds" or "26 hours,
 * 5 minutes"; at least a second.
 */
export function spanText(seconds: number, locale: Locale): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 120) return format(whole, "second", locale);
  const [unit, smaller, each] =
    whole < 7200 ? (["minute", "second", 60] as const) : (["hour", "minute", 3600] as const);
  const rest = Math.floor((whole % each) / (each / 60));
  const parts = [format(Math.floor(whole / each), unit, locale)];
  if (rest > 0) parts.push(format(rest, smaller, locale));
  return new Intl.ListFormat(formattingLocales[locale], { type: "unit", style: "long" }).format(
    parts,
  );
}
