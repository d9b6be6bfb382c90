import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/generated/prisma/client";
import { changesOfMailBeforeSql, mailBeforeSql } from "@/lib/mail/fate/way-store";
import { nextSlotSql } from "@/lib/mail/pace-store";
import { paceOf } from "@/lib/mail/rules/pace";

/** Seconds of silence after which a provider is asked what became of a mail. */
const SILENT_SECONDS = 20;

/** A mail that its provider is asked about. */
export type SilentMail = {
  id: string;
  providerId: string;
  /** The mail that was handed over, where this one was not and stands for it; null: it was itself. */
  beforeId: string | null;
};

/**
 * Takes a mail whose code somebody waits for and of which the provider has said nothing since it took it,
 * and a free slot of the provider's pace for asking. Each mail is taken once, by one process. Of one that
 * stands for another that other is asked about as late as if it were itself, whatever became of its code:
 * otherwise only an address without an account would be known to have got its mail.
 *
 * @returns null: there is none, or the pace has no room now
 */
export async function takeSilentMail(
  { channel, perSecond }: { channel: string; perSecond: number },
  now: Date,
): Promise<SilentMail | null> {
  const { intervalMs } = paceOf({ name: channel, perSecond });
  const interval = Prisma.sql`make_interval(secs => ${intervalMs / 1000}::float8)`;
  const next = nextSlotSql(Prisma.sql`clock_timestamp() + ${interval}`);
  // From the codes that count now: of mails there are a hundred times as many.
  const due = Prisma.sql`SELECT m.id, coalesce(former.provider_id, m.provider_id) AS provider_id,
      former.id AS before_id
    FROM challenge c JOIN mail m ON m.challenge_id = c.id
    LEFT JOIN LATERAL (${mailBeforeSql}) former ON true
    WHERE c.expires_at > ${now}::timestamptz AND c.ended_at IS NULL
      AND m.state = 'sent' AND coalesce(former.channel, m.channel) = ${channel}
      AND coalesce(former.provider_id, m.provider_id) IS NOT NULL
      AND m.looked_at IS NULL
      AND m.sent_at <= ${now}::timestamptz - make_interval(secs => ${SILENT_SECONDS}::int)
      AND NOT EXISTS (SELECT FROM mail_change h WHERE h.mail_id = m.id AND h.source <> 'hand-over')
      AND NOT EXISTS (SELECT FROM (${changesOfMailBeforeSql}) known
        WHERE known.noted_at <= ${now}::timestamptz)
    ORDER BY m.sent_at LIMIT 1 FOR NO KEY UPDATE OF m SKIP LOCKED`;
  const [taken] = await db.$queryRaw<SilentMail[]>`
    WITH due AS MATERIALIZED (${due}),
    slot AS (
      UPDATE mail_pace SET next_slot_at = ${next}, notice_slot_at = ${next} + ${interval}
      WHERE channel = ${channel} AND EXISTS (SELECT FROM due) AND next_slot_at <= clock_timestamp()
        AND coalesce(paused_until, '-infinity') <= clock_timestamp()
      RETURNING channel)
    UPDATE mail SET looked_at = ${now} FROM due
    WHERE mail.id = due.id AND mail.looked_at IS NULL AND EXISTS (SELECT FROM slot)
    RETURNING mail.id, due.provider_id AS "providerId", due.before_id AS "beforeId"`;
  return taken ?? null;
}
