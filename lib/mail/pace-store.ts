import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/generated/prisma/client";
import { kindsWith } from "@/lib/mail/kinds";
import { LONG_WAIT_MINUTES, type Urgency, urgencies } from "@/lib/mail/rules/urgency";
import { afterMinutes } from "@/lib/moments";

/** What came of asking for a slot: it is ours, or how long to wait before asking again. */
export type SlotAnswer = { taken: boolean; slots: number; waitMs: number };

// No pace and no clock puts the next slot further off; then the database's clock was set back.
const FURTHEST_SLOT_SECONDS = 30;
// What takes a slot late does not put the next one off: half of the 0.1 s that the pace leaves
// free.
const CATCH_UP_SECONDS = 0.05;

/**
 * Takes the channel's next slot if it is free, and puts the one after it off, in one short statement:
 * of all processes that ask at the same moment one gets it.
 *
 * @param channel whose limit it is, such as resend
 * @param intervalMs between this slot and the next
 */
export async function takeSlot(channel: string, intervalMs: number): Promise<SlotAnswer> {
  const taken = await db.$queryRaw<{ slots: bigint }[]>`
    UPDATE mail_pace
    SET next_slot_at = CASE WHEN next_slot_at > clock_timestamp() THEN clock_timestamp()
        ELSE greatest(next_slot_at, clock_timestamp() - make_interval(secs => ${CATCH_UP_SECONDS}::float8)) END
        + make_interval(secs => ${intervalMs / 1000}::float8),
      slots = slots + 1
    WHERE channel = ${channel} AND coalesce(paused_until, '-infinity') <= clock_timestamp()
      AND (next_slot_at <= clock_timestamp()
        OR next_slot_at > clock_timestamp() + make_interval(secs => ${FURTHEST_SLOT_SECONDS}))
    RETURNING slots`;
  if (taken[0]) return { taken: true, slots: Number(taken[0].slots), waitMs: 0 };
  const [row] = await db.$queryRaw<{ slots: bigint; wait: number }[]>`
    SELECT slots, (extract(epoch FROM
      greatest(next_slot_at, paused_until) - clock_timestamp()) * 1000)::float8 AS wait
    FROM mail_pace WHERE channel = ${channel}`;
  if (row) return { taken: false, slots: Number(row.slots), waitMs: Math.max(0, row.wait) };
  await db.$executeRaw`
    INSERT INTO mail_pace (channel, next_slot_at) VALUES (${channel}, '-infinity'::timestamptz)
    ON CONFLICT DO NOTHING`;
  return { taken: false, slots: 0, waitMs: 0 };
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

/** A due mail and how urgent it is. */
export type DueMail = { id: string; urgency: Urgency };

/**
 * SQL that gives the mail of one urgency that is due longest. Of each kind the index gives the first; of
 * several kinds at once it would give no order.
 */
export const longestDueSql = (urgency: Urgency, now: Date, except: string[]) => Prisma.sql`
  SELECT first.id::text AS id FROM unnest(${kindsWith({ urgency })}::text[]) AS one(kind)
  CROSS JOIN LATERAL (
    SELECT id, next_try_at FROM mail
    WHERE state = 'queued' AND kind = one.kind AND next_try_at <= ${now}
      AND id <> ALL(${except}::uuid[])
    ORDER BY next_try_at LIMIT 1) first
  ORDER BY first.next_try_at, first.id LIMIT 1`;

/**
 * The mail that is to go next: the most urgent one that is due, of these the one due longest.
 *
 * @param except mails that are being sent
 */
export async function findNextMail(now: Date, except: string[]): Promise<DueMail | null> {
  for (const urgency of urgencies) {
    const [found] =
      urgency === "notice"
        ? await findOldest(now, except)
        : await db.$queryRaw<{ id: string }[]>(longestDueSql(urgency, now, except));
    if (found) return { id: found.id, urgency };
  }
  return null;
}

// Once no code and no link waits, all that is due are notices: the index on the due time gives the first.
const findOldest = (dueBy: Date, except: string[]) => db.$queryRaw<{ id: string }[]>`
  SELECT id::text AS id FROM mail
  WHERE state = 'queued' AND next_try_at <= ${dueBy} AND id <> ALL(${except}::uuid[])
  ORDER BY next_try_at LIMIT 1`;

/** The mail that waits longest, whatever it is, if that is longer than five minutes. */
export async function findLongWaiting(now: Date, except: string[]): Promise<DueMail | null> {
  const since = afterMinutes(now, -LONG_WAIT_MINUTES);
  const [found] = await findOldest(since, except);
  // Whatever it is, nothing goes before it now.
  return found ? { id: found.id, urgency: "code" } : null;
}

/** Makes a mail due whose job has come, whatever the clock of this process says. */
export async function markDue(mailId: string, now: Date): Promise<void> {
  await db.mail.updateMany({
    where: { id: mailId, state: "queued", nextTryAt: { gt: now } },
    data: { nextTryAt: now },
  });
}
