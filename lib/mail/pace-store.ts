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

/** A mail that goes on to another channel than the one whose slot it was taken with. */
type GoingOn = {
  mailId: string;
  /** Those that may have it, this one among them from now on. */
  unsure: readonly string[];
  intervalMs: number;
  /** How long at most it may wait for its slot; 0: one that is free now is taken, or none. */
  patienceMs: number;
};

/**
 * Takes a channel's next slot for one mail, and notes on the mail that the channel may have it from now on.
 *
 * @returns milliseconds until the slot; null: none is as near, or the channel is paused
 */
export async function takeSlot(
  channel: string,
  { mailId, unsure, intervalMs, patienceMs }: GoingOn,
): Promise<number | null> {
  const interval = Prisma.sql`make_interval(secs => ${intervalMs / 1000}::float8)`;
  const rows = await db.$queryRaw<{ waitMs: number }[]>`
    WITH slot AS (
      INSERT INTO mail_pace AS p (channel, next_slot_at, slots)
      VALUES (${channel}, clock_timestamp() + ${interval}, 1)
      ON CONFLICT (channel) DO UPDATE SET slots = p.slots + 1,
        next_slot_at = ${interval} + CASE
          WHEN p.next_slot_at > clock_timestamp() + make_interval(secs => ${FURTHEST_SLOT_SECONDS}::float8)
          THEN clock_timestamp() ELSE greatest(p.next_slot_at, clock_timestamp()) END
      WHERE coalesce(p.paused_until, '-infinity') <= clock_timestamp()
        AND (p.next_slot_at <= clock_timestamp() + make_interval(secs => ${patienceMs / 1000}::float8)
          OR p.next_slot_at > clock_timestamp() + make_interval(secs => ${FURTHEST_SLOT_SECONDS}::float8))
      RETURNING next_slot_at - ${interval} AS at),
    noted AS (
      UPDATE mail SET unsure_channels = ${unsure}::text[] FROM slot
      WHERE id = ${mailId}::uuid AND state = 'queued')
    SELECT (extract(epoch FROM at - clock_timestamp()) * 1000)::float8 AS "waitMs" FROM slot`;
  const [slot] = rows;
  return slot === undefined ? null : Math.max(0, slot.waitMs);
}

/** Notes for how many seconds a channel is left alone as it fails; null: it is in use again. */
export async function noteOpening(channel: string, seconds: number | null): Promise<void> {
  await db.$executeRaw`
    UPDATE mail_pace SET open_until = clock_timestamp() + make_interval(secs => ${seconds}::float8)
    WHERE channel = ${channel}`;
}
