import { isDatabaseDown } from "@/lib/db/database-down";
import type { CountKey } from "@/lib/db/subjects";
import { Prisma } from "@/lib/generated/prisma/client";
import { fromNobodysShare } from "@/lib/log/request-context";
import { afterHours } from "@/lib/moments";

type Database = Prisma.TransactionClient;

/** One count that a request adds to: at most `limit` in any hour under `key`. */
export type RateLimit = CountKey & { limit: number };

/** Whether a request is within every limit; otherwise from when one is again. */
export type RateVerdict = { kind: "admitted" } | { kind: "refused"; until: Date };

/**
 * Counts a request towards every limit at once, in a sliding hour and safe against requests at the
 * same moment. A refused request counts towards none. Call it outside transactions, where each
 * count is a statement of its own and two requests cannot wait for each other.
 *
 * @param limits looked at in this order, until one refuses
 */
export async function countRequest(
  database: Database,
  limits: RateLimit[],
  now: Date,
): Promise<RateVerdict> {
  const counted: string[] = [];
  return doCounted(database, counted, () => countEach(database, limits, now, counted));
}

/**
 * Does what was counted. Where the database turns out to be away, nothing was done and whoever asked is
 * answered so: the counts are given back, if it answers by then. Outside transactions, too.
 *
 * @throws what `work` throws
 */
export async function doCounted<T>(
  database: Database,
  keys: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDatabaseDown(error)) {
      // Also where it was away for this request alone, which got no share of the connections.
      await fromNobodysShare(() => giveBack(database, keys)).catch(() => {});
    }
    throw error;
  }
}

/** How a count stands once a request was counted, or was not. */
export type Counted = { key: string; admitted: boolean; hits: Date[] };

/**
 * Counts a request, for a statement of its own or as a part of one.
 *
 * @param of selects `key` and `subject` of one count, or of none
 * @returns the INSERT, with the `Counted` it leaves
 */
export function counting(of: Prisma.Sql, limit: number, now: Date): Prisma.Sql {
  const hourAgo = afterHours(now, -1);
  return Prisma.sql`
    INSERT INTO rate_window AS w (key, subject, hits, admitted, asked_at)
    SELECT one.key, one.subject, ARRAY[${now}::timestamptz], true, ${now}::timestamptz FROM (${of}) one
    ON CONFLICT (key) DO UPDATE SET
      admitted = (SELECT count(*) < ${limit} FROM unnest(w.hits) hit WHERE hit > ${hourAgo}::timestamptz),
      hits = CASE
        WHEN (SELECT count(*) < ${limit} FROM unnest(w.hits) hit WHERE hit > ${hourAgo}::timestamptz)
        THEN ARRAY(SELECT hit FROM unnest(w.hits) hit WHERE hit > ${hourAgo}::timestamptz ORDER BY hit)
          || excluded.hits
        ELSE ARRAY(SELECT hit FROM unnest(w.hits) hit WHERE hit > ${hourAgo}::timestamptz ORDER BY hit)
      END,
      asked_at = excluded.asked_at
    RETURNING key, admitted, hits`;
}

/** From when there is room again under a count that refused. */
export const roomFrom = ({ hits }: Pick<Counted, "hits">, limit: number, now: Date): Date =>
  afterHours(hits.at(-limit) ?? now, 1);

async function countEach(
  database: Database,
  limits: RateLimit[],
  now: Date,
  counted: string[],
): Promise<RateVerdict> {
  for (const { key, subject, limit } of limits) {
    const one = Prisma.sql`SELECT ${key}::text AS key, ${subject}::text AS subject`;
    const [row] = await database.$queryRaw<Counted[]>(counting(one, limit, now));
    if (row === undefined) throw new Error("The database returned no count.");
    if (!row.admitted) {
      await giveBack(database, counted.splice(0));
      return { kind: "refused", until: roomFrom(row, limit, now) };
    }
    counted.push(key);
  }
  return { kind: "admitted" };
}

/**
 * Takes the latest request out of each count, because it turned out not to count.
 *
 * @param keys in the order in which they were counted
 */
export async function giveBack(database: Database, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await database.$executeRaw(givingBack(keys, Prisma.sql`true`));
}

/**
 * Gives a request back, for a statement of its own or as a part of one. Locked in the order in which
 * they were counted: a statement that counts twice holds the first row as it waits for the second.
 */
export function givingBack(keys: readonly string[], condition: Prisma.Sql): Prisma.Sql {
  // One by one and not as an array, for which the planner takes ten and makes a plan anew each time.
  const turns = keys.map((key, turn) => Prisma.sql`(${key}::text, ${turn}::int)`);
  return Prisma.sql`
    UPDATE rate_window SET hits = hits[1:cardinality(hits) - 1]
    WHERE key IN (SELECT w.key FROM (VALUES ${Prisma.join(turns)}) AS one (key, turn)
      JOIN rate_window w ON w.key = one.key
      WHERE ${condition} ORDER BY one.turn FOR UPDATE OF w)`;
}

/** Empties every count that belongs to a subject. */
export async function emptyCounts(database: Database, subjects: string[]): Promise<void> {
  await database.rateWindow.deleteMany({ where: { subject: { in: subjects } } });
}
