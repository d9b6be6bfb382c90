import { canariesSql, notCanarysSql } from "@/lib/account/canary-sql";
import { database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import {
  type CanaryRun,
  type Metrics,
  type Times,
  timeBuckets,
  type WayTimes,
} from "@/lib/heartbeat/metrics";
import { METRICS_DOMAINS } from "@/lib/heartbeat/rules/limits";
import { readKind, rowOf } from "@/lib/mail/kinds";
import { urgencies } from "@/lib/mail/rules/urgency";

// What stands for a mail to nobody left by no transport, and the canary is no customer.
const counted = (since: Date) => Prisma.sql`mail m WHERE m.created_at > ${since}
  AND coalesce(m.channel, '') <> 'none' AND ${notCanarysSql(Prisma.sql`m.account_id`)}`;

const secondsSql = (from: Prisma.Sql, to: Prisma.Sql) =>
  Prisma.sql`greatest(0, extract(epoch FROM ${to} - ${from}))::float8`;

type BucketRow = { what: string; transport: string; bucket: number; count: number; sum: number };

// What is exactly as long as a bucket's bound belongs to it.
const bucketSql = (seconds: Prisma.Sql) => Prisma.sql`
  (SELECT count(*) FROM unnest(${[...timeBuckets]}::float8[]) AS bound WHERE bound < ${seconds})::int`;

function timesOf(rows: readonly BucketRow[]): Times {
  const counts = [...timeBuckets, 0].map(() => 0);
  let sumSeconds = 0;
  for (const { bucket, count, sum } of rows) {
    counts[bucket] = (counts[bucket] ?? 0) + count;
    sumSeconds += sum;
  }
  return { counts, sumSeconds };
}

/** The mails that wait, by how urgent they are. */
export async function findWaiting(now: Date): Promise<Metrics["queue"]> {
  const rows = await database.$queryRaw<{ kind: string; count: number; oldest: Date }[]>`
    SELECT kind, count(*)::int AS count, min(created_at) AS oldest FROM mail
    WHERE state = 'queued' AND ${notCanarysSql(Prisma.sql`account_id`)} GROUP BY kind`;
  return urgencies.map((urgency) => {
    const own = rows.filter(({ kind: stored }) => {
      const kind = readKind(stored);
      return (kind === null ? "notice" : rowOf(kind).urgency) === urgency;
    });
    const ages = own.map(({ oldest }) => (now.getTime() - oldest.getTime()) / 1000);
    return {
      urgency,
      waiting: own.reduce((sum, { count }) => sum + count, 0),
      oldestSeconds: Math.max(0, ...ages),
    };
  });
}

/** How long mails took, by transport. */
export async function findTimes(since: Date, transports: readonly string[]): Promise<WayTimes[]> {
  const rows = await database.$queryRaw<BucketRow[]>`
    WITH mails AS (SELECT m.channel, m.created_at, m.sent_at, arrived.at AS arrived_at
      FROM (SELECT * FROM ${counted(since)} AND m.channel IS NOT NULL) m
      LEFT JOIN mail_change arrived ON arrived.mail_id = m.id AND arrived.state = 'delivered'),
    times AS (
      SELECT 'accepted' AS what, channel, ${secondsSql(Prisma.sql`created_at`, Prisma.sql`sent_at`)} AS seconds
        FROM mails WHERE sent_at IS NOT NULL
      UNION ALL SELECT 'delivered', channel,
        ${secondsSql(Prisma.sql`created_at`, Prisma.sql`arrived_at`)}
        FROM mails WHERE arrived_at IS NOT NULL)
    SELECT what, channel AS transport, ${bucketSql(Prisma.sql`seconds`)} AS bucket, count(*)::int AS count,
      sum(seconds)::float8 AS sum
    FROM times GROUP BY 1, 2, 3`;
  const known = new Set([...transports, ...rows.map(({ transport }) => transport)]);
  return [...known].map((transport) => {
    const of = (what: string) =>
      timesOf(rows.filter((row) => row.what === what && row.transport === transport));
    return { transport, accepted: of("accepted"), delivered: of("delivered") };
  });
}

/** How long customers took to type the right code. */
export async function findTypedTimes(since: Date): Promise<Times> {
  const rows = await database.$queryRaw<BucketRow[]>`
    SELECT '' AS what, '' AS transport, ${bucketSql(Prisma.sql`code_seconds`)} AS bucket,
      count(*)::int AS count, sum(code_seconds)::float8 AS sum
    FROM sign_in_judgement WHERE at > ${since} AND because = 'right-code' AND code_seconds IS NOT NULL
      AND account_id NOT IN ${canariesSql}
    GROUP BY 3`;
  return timesOf(rows);
}

const failedSql = (since: Date) => Prisma.sql`
  SELECT DISTINCT ON (m.id) lower(split_part(m.recipient, '@', 2)) AS domain,
    coalesce(nullif(coalesce(c.channel, m.channel), ''), 'none') AS transport, coalesce(c.reason, 'other') AS reason
  FROM (SELECT * FROM ${counted(since)}) m JOIN mail_change c ON c.mail_id = m.id
  WHERE c.state IN ('refused', 'suppressed') ORDER BY m.id, c.state DESC`;

/** The mails that never arrive, by the transport that they left by and why. */
export const findFailures = (since: Date): Promise<Metrics["failures"]> =>
  database.$queryRaw`
    SELECT transport, reason, count(*)::int AS count
    FROM (${failedSql(since)}) failed GROUP BY 1, 2 ORDER BY 1, 2`;

/** The mails and the failures, by transport, of the largest receiving domains, and of all others together. */
export const findDomains = (since: Date): Promise<Metrics["domains"]> =>
  database.$queryRaw`
    WITH made AS (SELECT lower(split_part(m.recipient, '@', 2)) AS domain, count(*) AS mails
        FROM ${counted(since)} GROUP BY 1),
      ranked AS (SELECT domain, mails, row_number() OVER (ORDER BY mails DESC, domain) AS place
        FROM made),
      named AS (SELECT domain, mails, place,
          CASE WHEN place <= ${METRICS_DOMAINS} THEN domain ELSE 'other' END AS name FROM ranked),
      failed AS (SELECT name, transport, count(*)::int AS count
        FROM (${failedSql(since)}) one JOIN named USING (domain) GROUP BY 1, 2)
    SELECT name AS domain, sum(mails)::int AS mails,
      coalesce((SELECT jsonb_agg(jsonb_build_object('transport', transport, 'count', count)
        ORDER BY transport) FROM failed WHERE failed.name = named.name), '[]') AS failures
    FROM named GROUP BY name ORDER BY min(place)`;

/** The breaker and the pause of each transport, by the database's clock. */
export async function findWays(transports: readonly string[]): Promise<Metrics["ways"]> {
  const left = (column: Prisma.Sql) => Prisma.sql`
    greatest(0, extract(epoch FROM coalesce(${column}, '-infinity') - clock_timestamp()))::float8`;
  const rows = await database.$queryRaw<Metrics["ways"]>`
    SELECT channel AS transport, ${left(Prisma.sql`open_until`)} AS "openSeconds",
      ${left(Prisma.sql`paused_until`)} AS "pausedSeconds"
    FROM mail_pace WHERE channel = ANY(${[...transports]})`;
  return transports.map(
    (transport) =>
      rows.find((row) => row.transport === transport) ?? {
        ...{ transport, openSeconds: 0, pausedSeconds: 0 },
      },
  );
}

/** How many addresses of people are marked, by why. */
export const countMarked = (): Promise<Metrics["marked"]> =>
  database.$queryRaw`
    SELECT because, count(*)::int AS count FROM marked_address WHERE lifted_at IS NULL
      AND address NOT IN (SELECT lower(email) FROM account WHERE is_canary)
    GROUP BY because ORDER BY because`;

/** The sign-ins that were judged, by verdict. */
export const countVerdicts = (since: Date): Promise<Metrics["signIns"]> =>
  database.$queryRaw`
    SELECT verdict, count(*)::int AS count FROM sign_in_judgement
    WHERE at > ${since} AND account_id NOT IN ${canariesSql}
    GROUP BY verdict ORDER BY verdict`;

/**
 * Since when Resend has said nothing: its last webhook, or, where none is known, as of a wrong address or of
 * some days ago, when it took the oldest mail; null: it took none.
 */
export async function findSilentSince(): Promise<Date | null> {
  const [row] = await database.$queryRaw<{ at: Date | null }[]>`
    SELECT coalesce(
      (SELECT received_at FROM delivery_report WHERE id LIKE 'resend:%'
        ORDER BY received_at DESC LIMIT 1),
      (SELECT sent_at FROM mail WHERE channel = 'resend' AND sent_at IS NOT NULL
        ORDER BY created_at LIMIT 1)) AS at`;
  return row?.at ?? null;
}

/** The canary's last sign-in that ended; null: there was none. */
export async function findLastCanaryRun(): Promise<CanaryRun | null> {
  const run = await database.canaryRun.findFirst({
    where: { endedAt: { not: null } },
    orderBy: { beganAt: "desc" },
  });
  if (run?.endedAt == null) return null;
  const mailSeconds = run.mailMs === null ? null : run.mailMs / 1000;
  return { endedAt: run.endedAt, isRight: run.step === "done", mailSeconds };
}
