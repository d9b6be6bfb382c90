import type { Database } from "@/lib/db/transaction";
import { COMPARED_DAYS, FIGURE_DAYS } from "@/lib/figures/rules/limits";
import type { Windows } from "@/lib/figures/rules/windows";

/** What is counted; `span` says over what. */
export type CountedRow = {
  span: "day" | "week" | "all";
  /**
   * Of a day: its position, from 1; of a week: 1 the last, 2 the one before, null what is older.
   */
  position: number | null;
  signIns: number;
  codesSent: number;
  codesRight: number;
  blocks: number;
  /** Seconds from when the first mail with a code had left until the right code was typed; null without any. */
  medianSeconds: number | null;
};

const lastWeekFrom = FIGURE_DAYS - COMPARED_DAYS;
const weekBeforeFrom = FIGURE_DAYS - 2 * COMPARED_DAYS;

/** Counts the judged sign-ins and codes by day, by week and over all days, in one walk over them. */
export function countJudgements(database: Database, windows: Windows): Promise<CountedRow[]> {
  const { starts, end } = windows;
  return database.$queryRaw<CountedRow[]>`
    WITH placed AS (
      SELECT width_bucket(at, ${starts}::timestamptz[]) AS day, verdict, because, code_seconds
      FROM sign_in_judgement WHERE at >= ${starts[0]}::timestamptz AND at < ${end}::timestamptz
    ), counted AS (
      SELECT *, CASE WHEN day > ${lastWeekFrom}::int THEN 1
        WHEN day > ${weekBeforeFrom}::int THEN 2 END AS week
      FROM placed
    )
    SELECT CASE GROUPING(day, week) WHEN 1 THEN 'day' WHEN 2 THEN 'week' ELSE 'all' END AS span,
      CASE GROUPING(day, week) WHEN 1 THEN day WHEN 2 THEN week END AS position,
      (count(*) FILTER (WHERE verdict = 'entered'))::int AS "signIns",
      (count(*) FILTER (WHERE verdict = 'asked-for-code'))::int AS "codesSent",
      (count(*) FILTER (WHERE because = 'right-code'))::int AS "codesRight",
      (count(*) FILTER (WHERE because = 'blocked-by-wrong-codes'))::int AS blocks,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY code_seconds)
        FILTER (WHERE because = 'right-code') AS "medianSeconds"
    FROM counted GROUP BY GROUPING SETS ((day), (week), ())`;
}

/** Counts the cases that were sent, by the position of the day they were sent on, from 1. */
export function countCasesSent(
  database: Database,
  windows: Windows,
): Promise<{ day: number; cases: number }[]> {
  const { starts, end } = windows;
  return database.$queryRaw<{ day: number; cases: number }[]>`
    SELECT width_bucket(sent_at, ${starts}::timestamptz[]) AS day, count(*)::int AS cases
    FROM recovery_case WHERE sent_at >= ${starts[0]}::timestamptz AND sent_at < ${end}::timestamptz
    GROUP BY 1`;
}
