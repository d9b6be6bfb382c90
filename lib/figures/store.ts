import type { Database } from "@/lib/db/transaction";
import { FIGURE_QUARTER_MINUTES } from "@/lib/figures/rules/limits";
import type { Windows } from "@/lib/figures/rules/windows";
import { Prisma } from "@/lib/generated/prisma/client";

/** What is counted of a span of time, of customers alone. */
export type Sums = {
  signIns: number;
  codesSent: number;
  codesRight: number;
  blocks: number;
  cases: number;
  mailsSent: number;
  /** Mails that never left: their recipient's side took none, or nothing is sent to it. */
  mailsRefused: number;
  /** Mails that had left and did not arrive, by when that became known: a report may come days later. */
  mailsReturned: number;
  /** Seconds from when the first mail with a code had left until the right code was typed, rising. */
  codeSeconds: number[];
  /** How many right codes took each of these times. */
  codeCounts: number[];
};

const quarter = Prisma.sql`make_interval(mins => ${FIGURE_QUARTER_MINUTES}::int)`;
const quarterOf = (at: Prisma.Sql) => Prisma.sql`date_bin(${quarter}, ${at}, 'epoch'::timestamptz)`;

// Staff, the demo people and the canary, who are few: read once by their indexes, instead of an account for each row.
// In ranges, for an index finds no "<>".
const uncounted = Prisma.sql`(SELECT id FROM account
  WHERE role < 'customer' OR role > 'customer' OR demo OR is_canary)`;

// Exact up to a minute, and then to a fiftieth or so: of a code's few minutes there are some hundred times.
const rounded = Prisma.sql`CASE WHEN code_seconds < 60 THEN code_seconds
  WHEN code_seconds < 120 THEN code_seconds - code_seconds % 2
  WHEN code_seconds < 300 THEN code_seconds - code_seconds % 5
  WHEN code_seconds < 600 THEN code_seconds - code_seconds % 10
  ELSE code_seconds - code_seconds % 60 END`;

// That a mail did not arrive; what its recipient complained of did.
const failedSql = (change: Prisma.Sql) => Prisma.sql`${change}.state IN ('refused', 'suppressed')
  AND (${change}.source = 'mark' OR ${change}.reason IS DISTINCT FROM 'complaint')`;

// A mail is refused and suppressed at most once each; the first that is known counts.
const firstFailure = Prisma.sql`mail_change c JOIN mail m ON m.id = c.mail_id
  WHERE ${failedSql(Prisma.sql`c`)} AND NOT EXISTS (SELECT FROM mail_change e WHERE e.mail_id = c.mail_id
    AND ${failedSql(Prisma.sql`e`)} AND (e.noted_at, e.state) < (c.noted_at, c.state))`;

// As a version noted it that keeps no changes.
const plainRefusal = Prisma.sql`mail m WHERE m.state = 'refused'
  AND NOT EXISTS (SELECT FROM mail_change c WHERE c.mail_id = m.id
    AND c.state IN ('refused', 'suppressed'))`;

/** SQL of the sums from one moment to another, by the quarters of an hour in which anything happened. */
function sumsSql(from: Date, to: Date): Prisma.Sql {
  const within = (at: Prisma.Sql) =>
    Prisma.sql`${at} >= ${from}::timestamptz AND ${at} < ${to}::timestamptz`;
  const mails = (
    at: Prisma.Sql,
    found: Prisma.Sql,
    [sent, refused, returned]: Prisma.Sql[],
  ) => Prisma.sql`
    SELECT ${quarterOf(at)} AS at, 0, 0, 0, 0, 0, ${sent}, ${refused}, ${returned}, NULL::int[], NULL::int[]
    FROM ${found} AND m.account_id NOT IN ${uncounted} AND m.account_id IS NOT NULL
      AND ${within(at)} GROUP BY 1`;
  const [all, none] = [Prisma.sql`count(*)`, Prisma.sql`0`];
  const those = (state: string) => Prisma.sql`count(*) FILTER (WHERE m.state = ${state})`;
  return Prisma.sql`
    SELECT at, sum(sign_ins)::int AS sign_ins, sum(codes_sent)::int AS codes_sent,
      sum(codes_right)::int AS codes_right, sum(blocks)::int AS blocks, sum(cases)::int AS cases,
      sum(mails_sent)::int AS mails_sent, sum(mails_refused)::int AS mails_refused,
      sum(mails_returned)::int AS mails_returned,
      max(code_seconds) AS code_seconds, max(code_counts) AS code_counts
    FROM (
      SELECT at, sum(n) FILTER (WHERE verdict = 'entered') AS sign_ins,
        sum(n) FILTER (WHERE verdict = 'asked-for-code') AS codes_sent,
        sum(n) FILTER (WHERE because = 'right-code') AS codes_right,
        sum(n) FILTER (WHERE because = 'blocked-by-wrong-codes') AS blocks, 0 AS cases,
        0 AS mails_sent, 0 AS mails_refused, 0 AS mails_returned,
        array_agg(seconds ORDER BY seconds) FILTER (WHERE seconds IS NOT NULL) AS code_seconds,
        array_agg(n::int ORDER BY seconds) FILTER (WHERE seconds IS NOT NULL) AS code_counts
      FROM (
        SELECT ${quarterOf(Prisma.sql`j.at`)} AS at, j.verdict, j.because,
          CASE WHEN j.because = 'right-code' THEN ${rounded} END AS seconds, count(*) AS n
        FROM sign_in_judgement j
        WHERE j.account_id NOT IN ${uncounted} AND ${within(Prisma.sql`j.at`)}
        GROUP BY 1, 2, 3, 4) judged
      GROUP BY at
      UNION ALL ${mails(Prisma.sql`m.sent_at`, Prisma.sql`mail m WHERE m.state = 'sent'`, [all, none, none])}
      UNION ALL ${mails(Prisma.sql`m.tried_at`, plainRefusal, [none, all, none])}
      UNION ALL ${mails(Prisma.sql`c.noted_at`, firstFailure, [none, those("refused"), those("sent")])}
      -- Whose mailbox is lost may have no account.
      UNION ALL SELECT ${quarterOf(Prisma.sql`c.sent_at`)}, 0, 0, 0, 0, count(*), 0, 0, 0, NULL, NULL
        FROM recovery_case c WHERE ${within(Prisma.sql`c.sent_at`)}
          AND (c.account_id IS NULL OR c.account_id NOT IN ${uncounted}) GROUP BY 1
    ) parts GROUP BY at`;
}

const columns = Prisma.raw(
  "sign_ins, codes_sent, codes_right, blocks, cases, mails_sent, mails_refused, mails_returned, code_seconds, code_counts",
);

const namedSums = Prisma.sql`coalesce(sum(sign_ins), 0)::int AS "signIns",
  coalesce(sum(codes_sent), 0)::int AS "codesSent", coalesce(sum(codes_right), 0)::int AS "codesRight",
  coalesce(sum(blocks), 0)::int AS blocks, coalesce(sum(cases), 0)::int AS cases,
  coalesce(sum(mails_sent), 0)::int AS "mailsSent", coalesce(sum(mails_refused), 0)::int AS "mailsRefused",
  coalesce(sum(mails_returned), 0)::int AS "mailsReturned"`;

/** SQL of the sums of some rows of `sumsSql` by an expression of their `at`, which is called `part`. */
const summed = (rows: Prisma.Sql, part: Prisma.Sql) => Prisma.sql`
  WITH placed AS (SELECT *, ${part} AS part FROM (${rows}) every),
  times AS (
    SELECT part, seconds, sum(n)::int AS n
    FROM placed CROSS JOIN LATERAL unnest(code_seconds, code_counts) AS time (seconds, n)
    GROUP BY part, seconds
  )
  SELECT part, ${namedSums},
    ARRAY(SELECT seconds FROM times t WHERE t.part = p.part ORDER BY seconds) AS "codeSeconds",
    ARRAY(SELECT n FROM times t WHERE t.part = p.part ORDER BY seconds) AS "codeCounts"
  FROM placed p GROUP BY part`;

/**
 * The sums by the position of their day, from 1; days on which nothing happened are left out.
 *
 * @param mark up to when quarters were folded; what came after it is counted here
 */
export function sumDays(
  database: Database,
  { starts, end }: Windows,
  mark: Date,
): Promise<(Sums & { part: number })[]> {
  const folded = Prisma.sql`SELECT at, ${columns} FROM figure_quarter
    WHERE at >= ${starts[0]}::timestamptz AND at < ${mark}::timestamptz`;
  const from = starts[0] === undefined || mark > starts[0] ? mark : starts[0];
  return database.$queryRaw<(Sums & { part: number })[]>(
    summed(
      Prisma.sql`${folded} UNION ALL ${sumsSql(from, end)}`,
      Prisma.sql`width_bucket(at, ${starts}::timestamptz[])`,
    ),
  );
}

/** The sums between two moments, counted one by one; null: nothing happened. */
export async function sumSpan(database: Database, from: Date, to: Date): Promise<Sums | null> {
  const rows = await database.$queryRaw<Sums[]>(summed(sumsSql(from, to), Prisma.sql`0`));
  return rows[0] ?? null;
}

/** Up to when quarters were folded, as far as that was before a moment; null: none was. */
export async function findMark(database: Database, before: Date): Promise<Date | null> {
  const [row] = await database.$queryRaw<{ mark: Date | null }[]>`
    SELECT max(at) + ${quarter} AS mark FROM figure_quarter WHERE at < ${before}::timestamptz`;
  return row?.mark ?? null;
}

/**
 * Counts the quarters between two moments anew and keeps their sums instead of those of before, so that
 * it does not matter how often or by how many that is done.
 *
 * @param from the beginning of a quarter, as is `to`
 */
export async function foldQuarters(database: Database, from: Date, to: Date): Promise<void> {
  await database.$executeRaw`
    INSERT INTO figure_quarter (at, ${columns})
    SELECT q.at, coalesce(sign_ins, 0), coalesce(codes_sent, 0), coalesce(codes_right, 0),
      coalesce(blocks, 0), coalesce(cases, 0), coalesce(mails_sent, 0), coalesce(mails_refused, 0),
      coalesce(mails_returned, 0),
      coalesce(code_seconds, '{}'), coalesce(code_counts, '{}')
    FROM generate_series(${from}::timestamptz, ${to}::timestamptz - ${quarter}, ${quarter}) AS q (at)
    LEFT JOIN (${sumsSql(from, to)}) sums ON sums.at = q.at
    ORDER BY q.at
    ON CONFLICT (at) DO UPDATE SET sign_ins = excluded.sign_ins, codes_sent = excluded.codes_sent,
      codes_right = excluded.codes_right, blocks = excluded.blocks, cases = excluded.cases,
      mails_sent = excluded.mails_sent, mails_refused = excluded.mails_refused,
      mails_returned = excluded.mails_returned,
      code_seconds = excluded.code_seconds, code_counts = excluded.code_counts`;
}
