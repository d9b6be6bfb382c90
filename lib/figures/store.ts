import type { Database } from "@/lib/db/transaction";
import { COMPARED_DAYS, FIGURE_DAYS } from "@/lib/figures/rules/limits";
import type { Windows } from "@/lib/figures/rules/windows";
import { Prisma } from "@/lib/generated/prisma/client";

/** What is counted of sign-ins and codes. */
export type Judged = {
  signIns: number;
  codesSent: number;
  codesRight: number;
  blocks: number;
  /** Seconds from when the first mail with a code had left until the right code was typed; null without any. */
  medianSeconds: number | null;
};

/** The same over a span of time. */
export type CountedRow = Judged & {
  span: "day" | "week" | "all";
  /**
   * Of a day: its position, from 1; of a week: 1 the last, 2 the one before, null what is older.
   */
  position: number | null;
};

const judgedSql = Prisma.sql`
  (count(*) FILTER (WHERE verdict = 'entered'))::int AS "signIns",
  (count(*) FILTER (WHERE verdict = 'asked-for-code'))::int AS "codesSent",
  (count(*) FILTER (WHERE because = 'right-code'))::int AS "codesRight",
  (count(*) FILTER (WHERE because = 'blocked-by-wrong-codes'))::int AS blocks,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY code_seconds)
    FILTER (WHERE because = 'right-code') AS "medianSeconds"`;

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
      ${judgedSql}
    FROM counted GROUP BY GROUPING SETS ((day), (week), ())`;
}

/** Counts the judged sign-ins and codes from a moment on. */
export async function countJudgementsSince(database: Database, since: Date): Promise<Judged> {
  const [row] = await database.$queryRaw<Judged[]>`
    SELECT ${judgedSql} FROM sign_in_judgement WHERE at >= ${since}::timestamptz`;
  return row ?? { signIns: 0, codesSent: 0, codesRight: 0, blocks: 0, medianSeconds: null };
}

/** Mails over the spans that are held against each other. */
export type CountedMails = { lastHour: number; lastWeek: number; weekBefore: number; all: number };

const none: CountedMails = { lastHour: 0, lastWeek: 0, weekBefore: 0, all: 0 };

/** Counts the mails to accounts that left, and those that were refused for good, by when that was. */
export async function countMails(
  database: Database,
  { starts }: Windows,
  lastHour: Date,
): Promise<{ sent: CountedMails; refused: CountedMails }> {
  const [from, week, before] = [starts[0], starts[lastWeekFrom], starts[weekBeforeFrom]];
  const count = (at: Prisma.Sql, which: Prisma.Sql) => database.$queryRaw<CountedMails[]>`
    SELECT (count(*) FILTER (WHERE ${at} >= ${lastHour}::timestamptz))::int AS "lastHour",
      (count(*) FILTER (WHERE ${at} >= ${week}::timestamptz))::int AS "lastWeek",
      (count(*) FILTER (WHERE ${at} >= ${before}::timestamptz
        AND ${at} < ${week}::timestamptz))::int AS "weekBefore",
      count(*)::int AS "all"
    FROM mail WHERE ${which} AND account_id IS NOT NULL AND ${at} >= ${from}::timestamptz`;
  const [sent = none] = await count(Prisma.sql`sent_at`, Prisma.sql`state = 'sent'`);
  const [refused = none] = await count(Prisma.sql`tried_at`, Prisma.sql`state = 'refused'`);
  return { sent, refused };
}

/** Counts the cases that were sent, by the position of the day they were sent on, from 1. */
export function countCasesSent(
  database: Database,
  windows: Windows,
  lastHour: Date,
): Promise<{ day: number; cases: number; ofLastHour: number }[]> {
  const { starts, end } = windows;
  return database.$queryRaw<{ day: number; cases: number; ofLastHour: number }[]>`
    SELECT width_bucket(sent_at, ${starts}::timestamptz[]) AS day, count(*)::int AS cases,
      (count(*) FILTER (WHERE sent_at >= ${lastHour}::timestamptz))::int AS "ofLastHour"
    FROM recovery_case WHERE sent_at >= ${starts[0]}::timestamptz AND sent_at < ${end}::timestamptz
    GROUP BY 1`;
}
