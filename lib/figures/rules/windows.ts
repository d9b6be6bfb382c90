import { addDays, type Day, dayAt, startsOfDays } from "@/lib/calendar-days";
import { FIGURE_DAYS } from "@/lib/figures/rules/limits";

/** The days that are counted, the first first, and the moments at which each begins and the last ends. */
export type Windows = { days: Day[]; starts: Date[]; end: Date };

/** The days up to and with the one that a moment belongs to in a zone. */
export function windowsAt(at: Date, timeZone: string): Windows {
  const today = dayAt(at, timeZone);
  const days = Array.from({ length: FIGURE_DAYS }, (_, index) =>
    addDays(today, index + 1 - FIGURE_DAYS),
  );
  const [end, ...starts] = startsOfDays([addDays(today, 1), ...days], timeZone);
  if (end === undefined) throw new Error("A day has an end.");
  return { days, starts, end };
}
