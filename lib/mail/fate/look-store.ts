import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/generated/prisma/client";

/** Seconds of silence after which a provider is asked what became of a mail. */
const SILENT_SECONDS = 20;
// As EMAIL_PER_SECOND paces mails: a tenth more than the limit asks for.
const MARGIN = 1.1;

/** A mail that its provider is asked about. */
export type SilentMail = { id: string; providerId: string };

/**
 * Takes a mail whose code somebody waits for and of which the provider has said nothing since it took it,
 * and a free slot of the provider's pace for asking. Each mail is taken once, by one process.
 *
 * @returns null: there is none, or the pace has no room now
 */
export async function takeSilentMail(
  { channel, perSecond }: { channel: string; perSecond: number },
  now: Date,
): Promise<SilentMail | null> {
  const seconds = MARGIN / perSecond;
  // From the codes that count now: of mails there are a hundred times as many.
  const due = Prisma.sql`SELECT m.id, m.provider_id FROM challenge c
    JOIN mail m ON m.challenge_id = c.id
    WHERE c.expires_at > ${now}::timestamptz AND c.ended_at IS NULL
      AND m.state = 'sent' AND m.channel = ${channel} AND m.provider_id IS NOT NULL
      AND m.looked_at IS NULL
      AND m.sent_at <= ${now}::timestamptz - make_interval(secs => ${SILENT_SECONDS}::int)
      AND NOT EXISTS (SELECT FROM mail_change h WHERE h.mail_id = m.id AND h.source <> 'hand-over')
    ORDER BY m.sent_at LIMIT 1 FOR NO KEY UPDATE OF m SKIP LOCKED`;
  const [taken] = await db.$queryRaw<SilentMail[]>`
    WITH due AS MATERIALIZED (${due}),
    slot AS (
      UPDATE mail_pace SET next_slot_at = clock_timestamp() + make_interval(secs => ${seconds}::float8)
      WHERE channel = ${channel} AND EXISTS (SELECT FROM due) AND next_slot_at <= clock_timestamp()
        AND coalesce(paused_until, '-infinity') <= clock_timestamp()
      RETURNING channel)
    UPDATE mail SET looked_at = ${now} FROM due
    WHERE mail.id = due.id AND mail.looked_at IS NULL AND EXISTS (SELECT FROM slot)
    RETURNING mail.id, mail.provider_id AS "providerId"`;
  return taken ?? null;
}
