import type { Day } from "@/lib/calendar-days";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { COMPARED_DAYS, FIGURE_DAYS } from "@/lib/figures/rules/limits";
import { type Histogram, medianOf, together } from "@/lib/figures/rules/median";
import { firstQuarterAt, settledAt } from "@/lib/figures/rules/quarters";
import { type Rate, type RateName, rateNames, ratesOf } from "@/lib/figures/rules/rates";
import { windowsAt } from "@/lib/figures/rules/windows";
import { findMark, type Sums, sumDays, sumSpan } from "@/lib/figures/store";
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

/** The figures of a span, with the mails to accounts that left, never did or came back in it, and its rates. */
export type SpanCounts = Counts & {
  mailsSent: number;
  mailsRefused: number;
  mailsReturned: number;
  rates: Record<RateName, Rate | null>;
};

/** The figures of the last days in `TIME_ZONE`, today among them. */
export type Figures = Record<ComparedSpan, SpanCounts> & {
  timeZone: string;
  /** The first day first, those on which nothing happened too. */
  days: ({ day: Day } & Counts)[];
};

const nothing: Sums = {
  ...{ signIns: 0, codesSent: 0, codesRight: 0, blocks: 0, cases: 0 },
  ...{ mailsSent: 0, mailsRefused: 0, mailsReturned: 0, codeSeconds: [], codeCounts: [] },
};

const timesOf = ({ codeSeconds, codeCounts }: Sums): Histogram =>
  new Map(codeSeconds.map((seconds, index) => [seconds, codeCounts[index] ?? 0]));

/** What is shown of some sums as one. */
function countsOf(parts: readonly Sums[]): Counts {
  const sum = (figure: CountedFigure) => parts.reduce((total, one) => total + one[figure], 0);
  const counts = Object.fromEntries(countedFigures.map((figure) => [figure, sum(figure)]));
  const medianSeconds = medianOf(together(parts.map(timesOf)));
  return { ...(counts as Record<CountedFigure, number>), medianSeconds };
}

/** The same with the mails and the rates. */
function spanOf(parts: readonly Sums[]): SpanCounts {
  const sum = (figure: "mailsSent" | "mailsRefused" | "mailsReturned") =>
    parts.reduce((total, one) => total + one[figure], 0);
  const mailed = {
    ...{ mailsSent: sum("mailsSent"), mailsRefused: sum("mailsRefused") },
    mailsReturned: sum("mailsReturned"),
  };
  const all = { ...countsOf(parts), ...mailed };
  return { ...all, rates: ratesOf(all) };
}

/** Gathers the figures that support and admins see. Staff, the demo people and the canary are not counted. */
export async function listFigures(): Promise<Figures> {
  const { timeZone } = env();
  const now = readClock();
  const windows = windowsAt(now, timeZone);
  // What is not settled may have been counted by a process whose clock is ahead.
  const settled = settledAt(now);
  const mark = (await findMark(database, settled)) ?? firstQuarterAt(now);
  // Two at a time: an account has three connections (decision 0026), and the page counts what waits too.
  const [sums, ofLastHour] = await Promise.all([
    sumDays(database, windows, mark),
    sumSpan(database, afterHours(now, -1), windows.end),
  ]);
  const days = windows.days.map(
    (_, index) => sums.find((one) => one.part === index + 1) ?? nothing,
  );
  const [lastWeekAt, weekBeforeAt] = [FIGURE_DAYS - COMPARED_DAYS, FIGURE_DAYS - 2 * COMPARED_DAYS];
  return {
    timeZone,
    days: windows.days.map((day, index) => ({ day, ...countsOf(days.slice(index, index + 1)) })),
    lastHour: spanOf([ofLastHour ?? nothing]),
    lastWeek: spanOf(days.slice(lastWeekAt)),
    weekBefore: spanOf(days.slice(weekBeforeAt, lastWeekAt)),
    all: spanOf(days),
  };
}
