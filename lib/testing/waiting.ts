import { db } from "@/lib/db/client";

/** How many transactions of this database wait for a lock, of a row or of a subject. */
export async function countWaiting(): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return rows[0]?.count ?? 0;
}
