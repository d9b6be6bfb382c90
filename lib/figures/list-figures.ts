import type { Day } from "@/lib/calendar-days";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { COMPARED_DAYS, FIGURE_DAYS } from "@/lib/figures/rules/limits";
import { windowsAt } from "@/lib/figures/rules/windows";
import { type CountedRow, countCasesSent, countJudgements } from "@/lib/figures/store";

/** What is counted, each a message's key. */
export const countedFigures = ["signIns", "codesSent", "codesRight", "blocks", "cases"] as const;
export type CountedFigure = (typeof countedFigures)[number];

/** Figures over a day or more. */
export type Counts = Record<CountedFigure, number> & {
  /** Seconds from the mail with a code until the right code was typed; null without any. */
  medianSeconds: number | null;
};

/** The figures of the last days in `TIME_ZONE`, today among them. */
export type Figures = {
  timeZone: string;
  /** The first day first, those on which nothing happened too. */
  days: ({ day: Day } & Counts)[];
  all: Counts;
  /** The last 7 days, today among them, and the 7 before. */
  lastWeek: Counts;
  weekBefore: Counts;
};

const nothing = { signIns: 0, codesSent: 0, codesRight: 0, blocks: 0, medianSeconds: null };

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** Gathers the figures that support and admins see. */
export async function listFigures(): Promise<Figures> {
  const { timeZone } = env();
  const windows = windowsAt(readClock(), timeZone);
  const [judged, sent] = await Promise.all([
    countJudgements(database, windows),
    countCasesSent(database, windows),
  ]);
  const casesOf = (position: number) => sent.find(({ day }) => day === position)?.cases ?? 0;
  const counts = (span: CountedRow["span"], position: number | null, cases: number): Counts => {
    const row = judged.find((one) => one.span === span && one.position === position) ?? nothing;
    const { signIns, codesSent, codesRight, blocks, medianSeconds } = row;
    return { signIns, codesSent, codesRight, blocks, cases, medianSeconds };
  };
  const cases = windows.days.map((_, index) => casesOf(index + 1));
  const [lastWeekAt, weekBeforeAt] = [FIGURE_DAYS - COMPARED_DAYS, FIGURE_DAYS - 2 * COMPARED_DAYS];
  return {
    timeZone,
    days: windows.days.map((day, index) => ({
      day,
      ...counts("day", index + 1, cases[index] ?? 0),
    })),
    all: counts("all", null, sum(cases)),
    lastWeek: counts("week", 1, sum(cases.slice(lastWeekAt))),
    weekBefore: counts("week", 2, sum(cases.slice(weekBeforeAt, lastWeekAt))),
  };
}
