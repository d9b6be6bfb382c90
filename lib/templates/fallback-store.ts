import type { Database } from "@/lib/db/transaction";
import type { TextKey } from "@/lib/mail-document/text-key";

/** When a text could not be sent, over some hours. */
export type FallbackRow = TextKey & { count: number; reason: string; lastAt: Date };

/** The texts that fell back since a moment, one row a text, the latest first. */
export function findFallbacks(database: Database, since: Date): Promise<FallbackRow[]> {
  return database.$queryRaw<FallbackRow[]>`
    SELECT subject, language, sum(count)::int AS count, max(last_at) AS "lastAt",
      (array_agg(reason ORDER BY last_at DESC))[1] AS reason
    FROM template_fallback WHERE last_at > ${since}::timestamptz
    GROUP BY subject, language ORDER BY max(last_at) DESC, subject, language`;
}

/**
 * Takes the hours in which texts fell back and of which nobody was notified, since a moment; each is taken
 * once, whoever asks at the same time.
 */
export function takeAlarms(
  tx: Database,
  { since, now }: { since: Date; now: Date },
): Promise<FallbackRow[]> {
  return tx.$queryRaw<FallbackRow[]>`
    WITH due AS (
      SELECT subject, language, hour FROM template_fallback
      WHERE last_at > ${since}::timestamptz AND alarmed_at IS NULL
      ORDER BY subject, language, hour FOR UPDATE SKIP LOCKED
    ), taken AS (
      UPDATE template_fallback f SET alarmed_at = ${now}::timestamptz FROM due
      WHERE f.subject = due.subject AND f.language = due.language AND f.hour = due.hour
      RETURNING f.subject, f.language, f.count, f.reason, f.last_at
    )
    SELECT subject, language, sum(count)::int AS count, max(last_at) AS "lastAt",
      (array_agg(reason ORDER BY last_at DESC))[1] AS reason
    FROM taken GROUP BY subject, language ORDER BY subject, language`;
}
