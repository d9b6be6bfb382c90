import type { Locale } from "@/lib/i18n/locales";

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago something was, in whole days, hours or minutes, such as "3 days ago". */
export function ageText(at: Date, now: Date, locale: Locale): string {
  const age = now.getTime() - at.getTime();
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  if (age >= DAY) return format.format(-Math.floor(age / DAY), "day");
  if (age >= HOUR) return format.format(-Math.floor(age / HOUR), "hour");
  return format.format(-Math.max(1, Math.floor(age / MINUTE)), "minute");
}
