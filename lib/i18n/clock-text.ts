import { formattingLocales, type Locale } from "@/lib/i18n/locales";

type ClockOptions = {
  locale: Locale;
  /** IANA zone; its short name is always written. */
  timeZone: string;
  /** Also the seconds, for moments less than a minute away. */
  seconds?: boolean;
};

const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

function zoneOf(at: Date, { locale, timeZone }: ClockOptions): string {
  const parts = new Intl.DateTimeFormat(formattingLocales[locale], {
    timeZone,
    hour: "2-digit",
    timeZoneName: "short",
  }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** A clock time with its zone, such as "14:32 UTC". For moments within the next or last hours. */
export function clockText(at: Date, options: ClockOptions): string {
  const { locale, timeZone, seconds } = options;
  const time = new Intl.DateTimeFormat(formattingLocales[locale], {
    timeZone,
    ...clock,
    ...(seconds ? ({ second: "2-digit" } as const) : {}),
  }).format(at);
  return `${time} ${zoneOf(at, options)}`;
}

/** A clock time with its zone and, behind it, the day: "14:32 UTC (24 November)". */
export function clockAndDayText(at: Date, options: ClockOptions): string {
  const { locale, timeZone } = options;
  const day = new Intl.DateTimeFormat(formattingLocales[locale], {
    timeZone,
    month: "long",
    day: "numeric",
  }).format(at);
  return `${clockText(at, options)} (${day})`;
}

/** A day and a clock time with its zone, such as "22 November 2026 at 14:32 UTC". */
export function dayAndClockText(at: Date, options: ClockOptions): string {
  const { locale, timeZone } = options;
  const text = new Intl.DateTimeFormat(formattingLocales[locale], {
    timeZone,
    year: "numeric",
    month: "long",
    day: "numeric",
    ...clock,
  }).format(at);
  return `${text} ${zoneOf(at, options)}`;
}
