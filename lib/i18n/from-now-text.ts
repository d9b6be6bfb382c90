import { formattingLocales, type Locale } from "@/lib/i18n/locales";

/** A length in the unit that a person would count it in: 90 minutes as such, two days as days. */
function inPersonsUnit(seconds: number): [number, "second" | "minute" | "hour" | "day"] {
  if (seconds < 60) return [seconds, "second"];
  const minutes = Math.round(seconds / 60);
  if (minutes < 120 && minutes !== 60) return [minutes, "minute"];
  const hours = Math.round(minutes / 60);
  return hours < 48 ? [hours, "hour"] : [Math.round(hours / 24), "day"];
}

/** How far off a moment to come is: "in 10 minutes". What is over, or now, is a second away. */
export function fromNowText(until: Date, now: Date, locale: Locale): string {
  const seconds = Math.max(1, Math.round((until.getTime() - now.getTime()) / 1000));
  const format = new Intl.RelativeTimeFormat(formattingLocales[locale], { numeric: "always" });
  return format.format(...inPersonsUnit(seconds));
}
