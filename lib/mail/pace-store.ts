import { db } from "@/lib/db/client";

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
