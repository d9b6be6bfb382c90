import { db } from "@/lib/db/client";
import type { Fallback } from "@/lib/mail/edited/live-texts";

/** How many mails of one hour (UTC) a text could not be used for; the reason is the last one's. */
export type CountedFallbacks = Fallback & { count: number; lastAt: Date };

const REASON_LENGTH = 500;

/**
 * Adds to how many mails went out with the built-in text instead of one that was published, in one
 * statement.
 *
 * @param counted one a text and hour at most
 */
export async function addFallbacks(counted: CountedFallbacks[]): Promise<void> {
  const rows = counted.map(({ subject, language, reason, count, lastAt }) => ({
    ...{ subject, language, count, last_at: lastAt },
    reason: reason.slice(0, REASON_LENGTH),
  }));
  // In one order, so that no two processes wait for each other.
  await db.$executeRaw`
    INSERT INTO template_fallback (subject, language, hour, count, reason, last_at)
    SELECT subject, language, date_trunc('hour', last_at, 'UTC'), count, reason, last_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS f(subject text, language text, count int, reason text, last_at timestamptz)
    ORDER BY subject, language, last_at
    ON CONFLICT (subject, language, hour) DO UPDATE
    SET count = template_fallback.count + excluded.count,
      reason = CASE WHEN excluded.last_at >= template_fallback.last_at
        THEN excluded.reason ELSE template_fallback.reason END,
      last_at = greatest(template_fallback.last_at, excluded.last_at)`;
}
