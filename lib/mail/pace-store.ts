import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/generated/prisma/client";

/** Makes a channel known, whose first slot is free. */
export async function openChannel(channel: string): Promise<void> {
  await db.$executeRaw`
    INSERT INTO mail_pace (channel, next_slot_at) VALUES (${channel}, '-infinity'::timestamptz)
    ON CONFLICT DO NOTHING`;
}

/**
 * Lets no process take a slot for a while. A pause that ends later stays.
 *
 * @returns when the pause ends, by the database's clock
 */
export async function pauseChannel(channel: string, seconds: number): Promise<Date | null> {
  const rows = await db.$queryRaw<{ until: Date }[]>`
    INSERT INTO mail_pace AS p (channel, next_slot_at, paused_until)
    VALUES (${channel}, clock_timestamp(), clock_timestamp() + make_interval(secs => ${seconds}::float8))
    ON CONFLICT (channel) DO UPDATE SET paused_until = greatest(p.paused_until, excluded.paused_until)
    RETURNING paused_until AS until`;
  return rows[0]?.until ?? null;
}

/** No pace and no clock puts the next slot further off; then the database's clock was set back. */
export const FURTHEST_SLOT_SECONDS = 30;

/** SQL of the moment after which no slot is. */
export const furthestSlotSql = Prisma.sql`clock_timestamp()
  + make_interval(secs => ${FURTHEST_SLOT_SECONDS}::float8)`;

/** SQL of when the slot after one is that ends then; where a notice left that one free, a slot later. */
export const nextSlotSql = (ends: Prisma.Sql) => Prisma.sql`greatest(${ends},
  CASE WHEN notice_slot_at <= ${furthestSlotSql} THEN notice_slot_at END)`;

const pausedForMsSql = Prisma.sql`(extract(epoch FROM
  greatest(paused_until, clock_timestamp()) - clock_timestamp()) * 1000)::float8`;

/** A mail that goes on to another channel than the one whose slot it was taken with. */
type GoingOn = {
  mailId: string;
  /** Those that may have it, this one among them from now on. */
  unsure: readonly string[];
  /** By what a copy of it is known from now on. */
  fingerprint: Uint8Array;
  intervalMs: number;
  /** How long at most it may wait for its slot; 0: one that is free now is taken, or none. */
  patienceMs: number;
};

/** A channel's slot in so many milliseconds; none is as near, or it is paused for so long; or the mail waits no more. */
export type SlotAnswer =
  | { kind: "slot"; waitMs: number }
  | { kind: "none"; pausedForMs: number }
  | { kind: "over" };

/**
 * Takes a channel's next slot for one mail that is queued, and notes on the mail that the channel may have it
 * from now on. Whoever says meanwhile what became of the mail is waited for.
 */
export async function takeSlot(
  channel: string,
  { mailId, unsure, fingerprint, intervalMs, patienceMs }: GoingOn,
): Promise<SlotAnswer> {
  const interval = Prisma.sql`make_interval(secs => ${intervalMs / 1000}::float8)`;
  const patience = Prisma.sql`make_interval(secs => ${patienceMs / 1000}::float8)`;
  await openChannel(channel);
  // A way whose slot the mail was taken with and that was not asked yet stands behind those that were.
  const [answer] = await db.$queryRaw<
    { isQueued: boolean; waitMs: number | null; pausedForMs: number | null }[]
  >`
    WITH queued AS MATERIALIZED (
      SELECT id FROM mail WHERE id = ${mailId}::uuid AND state = 'queued' FOR NO KEY UPDATE),
    asked AS MATERIALIZED (
      SELECT next_slot_at, clock_timestamp() AS now FROM mail_pace
      WHERE channel = ${channel} AND EXISTS (SELECT FROM queued)
        AND coalesce(paused_until, '-infinity') <= clock_timestamp()
      FOR NO KEY UPDATE),
    slot AS MATERIALIZED (
      SELECT now, CASE WHEN next_slot_at > ${furthestSlotSql} THEN now
        ELSE greatest(next_slot_at, now) END AS at
      FROM asked WHERE next_slot_at <= now + ${patience} OR next_slot_at > ${furthestSlotSql}),
    put_off AS (
      UPDATE mail_pace SET slots = slots + 1, next_slot_at = ${nextSlotSql(Prisma.sql`at + ${interval}`)},
        notice_slot_at = ${nextSlotSql(Prisma.sql`at + ${interval}`)} + ${interval}
      FROM slot WHERE channel = ${channel}),
    noted AS (
      UPDATE mail SET fingerprint = ${fingerprint}, unsure_channels = ${unsure}::text[] ||
        ARRAY(SELECT name FROM unnest(unsure_channels) AS name WHERE name <> ALL(${unsure}::text[]))
      FROM slot, queued WHERE mail.id = queued.id)
    SELECT EXISTS (SELECT FROM queued) AS "isQueued",
      (SELECT extract(epoch FROM at - now) * 1000 FROM slot)::float8 AS "waitMs",
      (SELECT ${pausedForMsSql} FROM mail_pace WHERE channel = ${channel}) AS "pausedForMs"`;
  if (answer?.isQueued !== true) return { kind: "over" };
  const { waitMs, pausedForMs } = answer;
  if (waitMs === null) return { kind: "none", pausedForMs: pausedForMs ?? 0 };
  return { kind: "slot", waitMs: Math.max(0, waitMs) };
}

/** What all processes are shown of a channel. */
export type ShownChannel = {
  channel: string;
  /** For how many milliseconds it is left alone, as it asked for; 0: it is not. */
  pausedForMs: number;
  /** Whether it is said to be left alone as it fails, until whenever that is or was. */
  isSaidToFail: boolean;
};

/** What all processes are shown of some channels; those that nobody has used are left out. */
export async function findShown(channels: readonly string[]): Promise<ShownChannel[]> {
  return db.$queryRaw<ShownChannel[]>`
    SELECT channel, open_until IS NOT NULL AS "isSaidToFail",
      ${pausedForMsSql} AS "pausedForMs"
    FROM mail_pace WHERE channel = ANY(${channels}::text[])`;
}

/**
 * Notes for how many seconds a channel is left alone as it fails; null: it is in use again.
 *
 * @returns false where nobody has used the channel, so that nothing is noted
 */
export async function noteOpening(channel: string, seconds: number | null): Promise<boolean> {
  const noted = await db.$executeRaw`
    UPDATE mail_pace SET open_until = clock_timestamp() + make_interval(secs => ${seconds}::float8)
    WHERE channel = ${channel}`;
  return noted === 1;
}
