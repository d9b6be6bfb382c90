import { cityTime, inCity } from "@/lib/i18n/city-names";
import { dateFormat } from "@/lib/i18n/formats";
import { formattingLocales, type Locale } from "@/lib/i18n/locales";
import { timeZoneToday } from "@/lib/time-zones";

type ClockOptions = {
  locale: Locale;
  /**
   * IANA zone, of today or of before; its city is always written, or its short name where it has
   * none.
   */
  timeZone: string;
  /** Of what has happened: by "in Lisbon" it would seem to have happened there. */
  happened?: boolean;
  /** Also the seconds, for moments less than a minute away. */
  seconds?: boolean;
};

const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const HALF_AN_HOUR = 30 * 60 * 1000;

function zoneOf(at: Date, { locale, timeZone }: ClockOptions): string {
  const parts = dateFormat(formattingLocales[locale], {
    timeZone,
    hour: "2-digit",
    timeZoneName: "short",
  }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

// When clocks go back they show a time twice: by the city alone nobody would know which. No zone
// goes back by more than an hour today (IANA).
function isShownTwice(at: Date, clockOf: (at: Date) => string): boolean {
  const around = [-2, -1, 1, 2].map((halves) => new Date(at.getTime() + halves * HALF_AN_HOUR));
  return around.some((other) => clockOf(other) === clockOf(at));
}

/**
 * A clock time with where clocks show it: "14:32 in Lisbon", "14:32, Lisbon time", or "14:32 UTC".
 */
export function clockText(at: Date, options: ClockOptions): string {
  const { locale, timeZone, seconds, happened } = options;
  const format = dateFormat(formattingLocales[locale], {
    timeZone,
    ...clock,
    ...(seconds ? ({ second: "2-digit" } as const) : {}),
  });
  const clockOf = (moment: Date) => format.format(moment);
  return `${clockOf(at)}${behindClock(at, options, isShownTwice(at, clockOf), happened)}`;
}

function behindClock(at: Date, options: ClockOptions, isTwice: boolean, happened = false): string {
  const zone = timeZoneToday(options.timeZone) ?? options.timeZone;
  const city = isTwice ? null : (happened ? cityTime : inCity)(zone, options.locale);
  if (city === null) return ` ${zoneOf(at, options)}`;
  return happened ? `, ${city}` : ` ${city}`;
}

/** Two clock times of one sentence, "14:02" and "14:47 in Lisbon": what both share is said once. */
export function clockPair(first: Date, last: Date, options: ClockOptions): [string, string] {
  const [one, other] = [clockText(first, options), clockText(last, options)];
  const end = one.search(/[, ]/);
  return [other.endsWith(one.slice(end)) ? one.slice(0, end) : one, other];
}

/** A clock time and, behind it, the day: "14:32 in Lisbon (24 November)". */
export function clockAndDayText(at: Date, options: ClockOptions): string {
  const { locale, timeZone } = options;
  const day = dateFormat(formattingLocales[locale], {
    timeZone,
    month: "long",
    day: "numeric",
  }).format(at);
  return `${clockText(at, options)} (${day})`;
}

/** A day and a clock time, such as "22 November 2026 at 14:32, Lisbon time". */
export function dayAndClockText(at: Date, options: ClockOptions): string {
  const { locale, timeZone } = options;
  const format = dateFormat(formattingLocales[locale], {
    timeZone,
    year: "numeric",
    month: "long",
    day: "numeric",
    ...clock,
  });
  const clockOf = (moment: Date) => format.format(moment);
  return `${clockOf(at)}${behindClock(at, options, isShownTwice(at, clockOf), true)}`;
}
