import { Prisma } from "@/lib/generated/prisma/client";
import { furthestSlotSql, nextSlotSql } from "@/lib/mail/pace-store";
import type { Pace } from "@/lib/mail/rules/pace";

type AskForSlots = {
  pace: Pace | null;
  /** How many mails at most. */
  most: number;
  /** Slots that were taken before and not used: they are used, and no other is taken. */
  spare: number;
};

// What takes a slot late does not put the next one off: half of the 0.1 s that the pace leaves
// free.
const CATCH_UP_SECONDS = 0.05;

/**
 * SQL that takes the channel's free slots, as many as mails are due, and puts the one after them off; of
 * all processes that ask at the same moment one gets them. Several are free where the pace is faster
 * than asking. As `granted` with the number, and `pace` with the channel by then.
 *
 * A notice's slot leaves the next one free, for whatever is more urgent and comes meanwhile; what uses
 * that one waits for two. So in no second there are more than the pace allows.
 */
export function slotsSql({ pace, most, spare }: AskForSlots): Prisma.Sql {
  const { channel = null, intervalMs = 0, keepsSlotFree = false } = pace ?? {};
  const slot = Prisma.sql`make_interval(secs => ${intervalMs / 1000}::float8)`;
  return Prisma.sql`asked AS MATERIALIZED (
    SELECT next_slot_at, notice_slot_at, clock_timestamp() AS at,
      ${keepsSlotFree}::boolean AND NOT EXISTS (SELECT FROM urgent) AS for_notice
    FROM mail_pace WHERE channel = ${channel} AND ${spare}::int = 0 AND EXISTS (SELECT FROM due)
      AND coalesce(paused_until, '-infinity') <= clock_timestamp()
    FOR NO KEY UPDATE),
  free AS MATERIALIZED (
    SELECT *, CASE WHEN for_notice THEN 2 ELSE 1 END * ${slot} AS lasts,
      CASE WHEN own_slot_at > ${furthestSlotSql} THEN at
        ELSE greatest(own_slot_at, at - make_interval(secs => ${CATCH_UP_SECONDS}::float8)) END AS first
    FROM (SELECT *, CASE WHEN for_notice THEN coalesce(notice_slot_at, next_slot_at)
        ELSE next_slot_at END AS own_slot_at
      FROM asked) AS own
    WHERE own_slot_at <= at OR own_slot_at > ${furthestSlotSql}),
  counted AS MATERIALIZED (
    SELECT free.*, least(CASE WHEN batch.is THEN 1 ELSE ${most}::int END, (SELECT count(*) FROM due),
      1 + floor(extract(epoch FROM at - first) / extract(epoch FROM lasts)))::int AS slots
    FROM free, batch),
  after AS MATERIALIZED (
    SELECT *, CASE WHEN for_notice THEN next_slot_at
      ELSE ${nextSlotSql(Prisma.sql`first + slots * lasts`)} END AS then_slot_at
    FROM counted),
  put_off AS (
    UPDATE mail_pace SET slots = mail_pace.slots + after.slots, next_slot_at = then_slot_at,
      notice_slot_at = CASE WHEN for_notice THEN first + after.slots * lasts
        ELSE then_slot_at + lasts END
    FROM after WHERE channel = ${channel}
    RETURNING mail_pace.next_slot_at, mail_pace.notice_slot_at, paused_until),
  pace AS MATERIALIZED (
    SELECT * FROM (TABLE put_off UNION ALL
      (SELECT next_slot_at, notice_slot_at, paused_until FROM mail_pace WHERE channel = ${channel}))
      AS known
    LIMIT 1),
  granted AS MATERIALIZED (
    SELECT CASE
      WHEN ${channel}::text IS NULL THEN ${most}::int
      WHEN ${spare}::int = 0 THEN coalesce((SELECT slots FROM counted), 0)
      WHEN (SELECT paused_until FROM pace) > clock_timestamp() THEN 0
      ELSE ${spare}::int END AS slots)`;
}
