import type { Day } from "@/lib/calendar-days";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { COMPARED_DAYS, FIGURE_DAYS } from "@/lib/figures/rules/limits";
import { type Rate, type RateName, rateNames, ratesOf } from "@/lib/figures/rules/rates";
import { windowsAt } from "@/lib/figures/rules/windows";
import {
  type CountedRow,
  countCasesSent,
  countJudgements,
  countJudgementsSince,
  countMails,
} from "@/lib/figures/store";
import { afterHours } from "@/lib/moments";

/** What is counted, each a message's key. */
export const countedFigures = ["signIns", "codesSent", "codesRight", "blocks", "cases"] as const;
export type CountedFigure = (typeof countedFigures)[number];

export { type RateName, rateNames };

/** Figures over a day or more. */
export type Counts = Record<CountedFigure, number> & {
  /** Seconds from the mail with a code until the right code was typed; null without any. */
  medianSeconds: number | null;
};

/** Spans that are held against each other: 7 days, today among them, those before, and all days. */
export const comparedSpans = ["lastHour", "lastWeek", "weekBefore", "all"] as const;
export type ComparedSpan = (typeof comparedSpans)[number];

/** The figures of a span, with the mails to accounts that left or were refused in it, and its rates. */
export type SpanCounts = Counts & {
  mailsSent: number;
  mailsRefused: number;
  rates: Record<RateName, Rate | null>;
};

/** The figures of the last days in `TIME_ZONE`, today among them. */
export type Figures = Record<ComparedSpan, SpanCounts> & {
  timeZone: string;
  /** The first day first, those on which nothing happened too. */
  days: ({ day: Day } & Counts)[];
};

const nothing = { signIns: 0, codesSent: 0, codesRight: 0, blocks: 0, medianSeconds: null };

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** Gathers the figures that support and admins see. */
export async function listFigures(): Promise<Figures> {
  const { timeZone } = env();
  const now = readClock();
  const windows = windowsAt(now, timeZone);
  const hourAgo = afterHours(now, -1);
  // Two at a time: an account has three connections (decision 0026), and the page counts what waits too.
  const [judged, sent] = await Promise.all([
    countJudgements(database, windows),
    countCasesSent(database, windows, hourAgo),
  ]);
  const [ofLastHour, mails] = await Promise.all([
    countJudgementsSince(database, hourAgo),
    countMails(database, windows, hourAgo),
  ]);
  const withRates = (span: ComparedSpan, counted: Counts): SpanCounts => {
    const mailed = { mailsSent: mails.sent[span], mailsRefused: mails.refused[span] };
    const all = { ...counted, ...mailed };
    return { ...all, rates: ratesOf(all) };
  };
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
    lastHour: withRates("lastHour", {
      ...ofLastHour,
      cases: sum(sent.map((day) => day.ofLastHour)),
    }),
    lastWeek: withRates("lastWeek", counts("week", 1, sum(cases.slice(lastWeekAt)))),
    weekBefore: withRates(
      "weekBefore",
      counts("week", 2, sum(cases.slice(weekBeforeAt, lastWeekAt))),
    ),
    all: withRates("all", counts("all", null, sum(cases))),
  };
}
