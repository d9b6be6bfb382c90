import { type Database, database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { kindsWith, type MailKind } from "@/lib/mail/kinds";
import { OUTAGE_OLDEST_MINUTES, OUTAGE_WINDOW_MINUTES } from "@/lib/mail/rules/limits";
import {
  type OpenOutage,
  type OutageCause,
  type RecentMail,
  readOutageCause,
} from "@/lib/mail/rules/outage";
import { afterMinutes } from "@/lib/moments";

const urgentKinds = [...kindsWith({ urgency: "code" }), ...kindsWith({ urgency: "link" })];
// They go to whatever address somebody typed.
const typedKinds = [
  "sign-up-code",
  "new-address-code",
  "already-have-account",
  "confirm-address",
  "confirm-new-email",
] as const satisfies readonly MailKind[];

const secondsSince = (moment: Prisma.Sql) =>
  Prisma.sql`greatest(0, extract(epoch FROM ${moment} - created_at))::float8`;

/**
 * The codes and links that were made, came or were refused within the last minutes, or are still on their
 * way; not those that were refused by their recipient alone.
 *
 * @param reported whether Resend reports when its mail arrives; else, and where none of its reports came for
 *   an hour, a mail has come when it was taken
 */
export async function findRecentMails(
  tx: Database,
  { now, reported }: { now: Date; reported: boolean },
): Promise<RecentMail[]> {
  const since = afterMinutes(now, -OUTAGE_WINDOW_MINUTES);
  const oldest = afterMinutes(now, -OUTAGE_OLDEST_MINUTES);
  return tx.$queryRaw<RecentMail[]>`
    WITH reports AS MATERIALIZED (
      SELECT ${reported} AND EXISTS (SELECT FROM delivery_report
        WHERE received_at > ${afterMinutes(now, -60)} AND id LIKE 'resend:%') AS come),
    recent AS MATERIALIZED (
      SELECT m.kind = ANY(${[...typedKinds]}) AS is_typed, m.recipient, m.account_id, m.challenge_id, m.state,
        m.attempts, m.tried_at, m.created_at, m.sent_at, m.channel, m.looked_at,
        -- Who was asked says that it came, and not when: no later than that, and maybe at once.
        CASE WHEN arrived.source = 'look' THEN m.sent_at ELSE arrived.at END AS arrived_at, failed.state AS failed_state, failed.reason,
        failed.noted_at AS failed_at
      FROM mail m
      LEFT JOIN mail_change arrived ON arrived.mail_id = m.id AND arrived.state = 'delivered'
      LEFT JOIN LATERAL (
        SELECT state, reason, noted_at FROM mail_change
        WHERE mail_id = m.id AND state IN ('refused', 'suppressed')
        ORDER BY state DESC LIMIT 1) failed ON true
      WHERE m.created_at > ${oldest} AND m.kind = ANY(${urgentKinds})
        -- What stands for a mail to nobody shows nothing of the way out.
        AND coalesce(m.channel, '') <> 'none' AND m.state <> 'dropped'
        AND (m.state = 'queued' OR m.created_at > ${since} OR m.sent_at > ${since}
          OR arrived.noted_at > ${since} OR failed.noted_at > ${since})),
    judged AS (
      SELECT recipient, account_id, challenge_id, is_typed, state, attempts, tried_at, created_at,
        sent_at, reason, failed_state,
        coalesce(state = 'refused' OR failed_state IS NOT NULL, false) AS is_over,
        -- Where a try failed as any mail's might, it says so of others.
        state = 'queued' AND attempts > 0 AND tried_at IS NOT NULL AS is_put_off,
        CASE WHEN arrived_at IS NOT NULL THEN arrived_at
          WHEN channel = 'resend' AND ${reported} AND (looked_at IS NOT NULL OR reports.come) THEN NULL
          WHEN state = 'sent' THEN sent_at END AS came_at
      FROM recent CROSS JOIN reports)
    SELECT came_at IS NULL AND NOT is_over AS "isOnItsWay",
      came_at IS NULL AND (is_over OR is_put_off) AS "isRefused",
      came_at IS NULL AND is_put_off AS "isPutOff", is_typed AS "isTyped",
      CASE WHEN is_typed THEN coalesce(
          (SELECT place FROM challenge WHERE id = challenge_id), account_id::text, recipient)
        ELSE recipient END AS "countsAs",
      substring(lower(recipient) FROM '[^.@]+(?:\\.[^.@]+)?$') AS site,
      -- What its recipient's own server does not take is no wait of the way out's.
      CASE WHEN tried_at IS NULL AND attempts > CASE state WHEN 'sent' THEN 1 ELSE 0 END THEN 0
        WHEN state = 'queued' THEN ${secondsSince(Prisma.sql`${now}::timestamptz`)}
        ELSE ${secondsSince(Prisma.sql`coalesce(sent_at, created_at)`)} END AS "waitedSeconds",
      CASE WHEN came_at IS NULL AND is_over THEN NULL
        ELSE ${secondsSince(Prisma.sql`coalesce(came_at, ${now}::timestamptz)`)} END AS seconds
    FROM judged
    WHERE came_at IS NOT NULL OR NOT is_over
      OR failed_state = 'refused' AND reason IN ('blocked', 'contents', 'other')`;
}

type OutageRow = { id: string } & OpenOutage;

/** The outage that began and has not ended; null: there is none. */
export async function findOpenOutage(tx: Database): Promise<OutageRow | null> {
  const row = await tx.mailOutage.findFirst({
    where: { endedAt: null },
    orderBy: { beganAt: "desc" },
    select: { id: true, because: true, calmSince: true },
  });
  return row && { ...row, because: readOutageCause(row.because) };
}

type Measured = { medianSeconds: number; refusedShare: number };

/** Notes that an outage begins. */
export async function beginOutage(
  tx: Database,
  { now, because, ...measured }: Measured & { because: OutageCause; now: Date },
): Promise<void> {
  await tx.mailOutage.create({ data: { because, beganAt: now, ...measured } });
}

/** Notes that one goes on, and the worst of what was measured in it. */
export async function keepOutage(
  tx: Database,
  id: string,
  outage: Measured & { because: OutageCause; calmSince: Date | null },
): Promise<void> {
  const { because, calmSince, medianSeconds, refusedShare } = outage;
  await tx.$executeRaw`
    UPDATE mail_outage SET because = ${because}, calm_since = ${calmSince},
      median_seconds = greatest(median_seconds, ${medianSeconds}::float8),
      refused_share = greatest(refused_share, ${refusedShare}::float8)
    WHERE id = ${id}::uuid`;
}

/** Notes that it is over; when it began. */
export async function endOutage(tx: Database, id: string, now: Date): Promise<Date> {
  const { beganAt } = await tx.mailOutage.update({ where: { id }, data: { endedAt: now } });
  return beganAt;
}

/** What every page may need to know of mail: an outage, and the canary's last sign-in, where it failed. */
export type MailWatch = {
  outage: { because: OutageCause; beganAt: Date } | null;
  /** When the canary began the sign-in that failed; null: its last one went well, or it has none. */
  canaryFailedAt: Date | null;
};

/** Reads that in one statement. Throws when the database is away. */
export async function findMailWatch({ hasCanary }: { hasCanary: boolean }): Promise<MailWatch> {
  const [row] = await database.$queryRaw<
    { because: string | null; beganAt: Date | null; canaryFailedAt: Date | null }[]
  >`
    SELECT outage.because, outage.began_at AS "beganAt",
      CASE WHEN run.step <> 'done' THEN run.began_at END AS "canaryFailedAt"
    FROM (SELECT 1) one
    LEFT JOIN LATERAL (SELECT because, began_at FROM mail_outage WHERE ended_at IS NULL
      ORDER BY began_at DESC LIMIT 1) outage ON true
    LEFT JOIN LATERAL (SELECT step, began_at FROM canary_run WHERE ended_at IS NOT NULL
      ORDER BY began_at DESC LIMIT 1) run ON true`;
  const { because = null, beganAt = null } = row ?? {};
  const canaryFailedAt = hasCanary ? (row?.canaryFailedAt ?? null) : null;
  const outage =
    because === null || beganAt === null ? null : { because: readOutageCause(because), beganAt };
  return { outage, canaryFailedAt };
}
