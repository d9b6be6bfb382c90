/** A day of the calendar as YYYY-MM-DD, without a zone. */
export type Day = string;

const HOUR_SECONDS = 60 * 60;
// No zone is further from UTC than 14 hours (IANA); a day more is far enough from every midnight.
const SPAN_SECONDS = 38 * HOUR_SECONDS;

/** The day after, or with a negative number before, by the calendar alone. */
export function addDays(day: Day, days: number): Day {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

function formatOf(timeZone: string) {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "iso8601",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return (at: Date): Day => {
    const parts = Object.fromEntries(format.formatToParts(at).map((one) => [one.type, one.value]));
    return `${parts.year}-${parts.month}-${parts.day}`;
  };
}

/** Which day it is at a moment in a zone. */
export const dayAt = (at: Date, timeZone: string): Day => formatOf(timeZone)(at);

/**
 * When days begin in a zone: the first second that belongs to a day or, where the zone left that day
 * out, to one after it. Found by halving, as clocks may change at midnight.
 */
export function startsOfDays(days: readonly Day[], timeZone: string): Date[] {
  const dayOf = formatOf(timeZone);
  return days.map((day) => {
    const utcMidnight = Date.parse(`${day}T00:00:00Z`) / 1000;
    let [before, begun] = [utcMidnight - SPAN_SECONDS, utcMidnight + SPAN_SECONDS];
    while (begun - before > 1) {
      const middle = Math.floor((before + begun) / 2);
      if (dayOf(new Date(middle * 1000)) < day) before = middle;
      else begun = middle;
    }
    return new Date(begun * 1000);
  });
}

/** When a day begins in a zone. */
export function startOfDay(day: Day, timeZone: string): Date {
  const [start] = startsOfDays([day], timeZone);
  if (start === undefined) throw new Error("A day has a beginning.");
  return start;
}

/** Reads a typed day; null for anything else, and for years nobody means. */
export function readDay(typed: string): Day | null {
  if (!/^(19|2\d)\d\d-\d\d-\d\d$/.test(typed)) return null;
  const at = new Date(`${typed}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(typed) ? typed : null;
}
