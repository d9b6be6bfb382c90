import { db } from "@/lib/db/client";
import type { Fallback } from "@/lib/mail/edited/live-texts";

const REASON_LENGTH = 500;

/** Counts a mail that went out with the built-in text instead of one that was published, by the hour. */
export async function countFallback(
  { subject, language, reason }: Fallback,
  now: Date,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO template_fallback (subject, language, hour, count, reason, last_at)
    VALUES (${subject}, ${language}, date_trunc('hour', ${now}::timestamptz, 'UTC'), 1,
      ${reason.slice(0, REASON_LENGTH)}, ${now})
    ON CONFLICT (subject, language, hour) DO UPDATE
    SET count = template_fallback.count + 1, reason = excluded.reason, last_at = excluded.last_at`;
}
