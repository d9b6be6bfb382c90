import { db } from "@/lib/db/client";
import { env } from "@/lib/env/env";
import { Prisma } from "@/lib/generated/prisma/client";
import { findLinkRow } from "@/lib/mail/link-store";
import { sendMailJobSql } from "@/lib/mail/outbox";
import { afterSeconds } from "@/lib/moments";

/** A mail that waits to be sent, with the challenge and the links that it carries. */
export type QueuedMail = NonNullable<Awaited<ReturnType<typeof findQueuedMail>>>;

/** A mail as long as it is queued, else null. */
export async function findQueuedMail(mailId: string) {
  const mail = await db.mail.findFirst({ where: { id: mailId, state: "queued" } });
  if (mail === null) return null;
  const challenge =
    mail.challengeId === null
      ? null
      : await db.challenge.findUnique({
          where: { id: mail.challengeId },
          select: { id: true, secretId: true, expiresAt: true, endedAt: true, accountId: true },
        });
  const link = await findLinkRow(mail.linkType, mail.linkRowId);
  const notMe = await findLinkRow("not-me", mail.notMeId);
  return { ...mail, challenge, link, notMe };
}

/**
 * Ends the window whose kept notices a mail gathers, so that nothing is added to what is being sent:
 * waits for whoever is adding to it. Nothing for other mails.
 */
export async function closeGathering(mailId: string): Promise<void> {
  await db.$executeRaw`
    DELETE FROM notice_window w USING mail m
    WHERE m.id = ${mailId}::uuid AND m.kind = 'more-notices' AND w.account_id = m.account_id
      AND EXISTS (SELECT 1 FROM jsonb_each_text(w.gathering) g WHERE g.value = ${mailId})`;
}

/** Notes that the provider has taken a mail. */
export async function markSent(
  mailId: string,
  providerId: string | null,
  sentAt: Date,
): Promise<void> {
  await db.mail.updateMany({
    where: { id: mailId, state: "queued" },
    data: { state: "sent", providerId, sentAt, attempts: { increment: 1 }, lastError: null },
  });
}

// A mail of nobody's, which shows nothing of the provider.
const ofNobody = {
  kind: "already-have-account",
  accountId: null,
  challengeId: { not: null },
};

/** When the provider took a mail last, whenever it was written; null: none is known. */
export async function findLastSent(): Promise<Date | null> {
  const [last] = await db.mail.findMany({
    where: { state: "sent", sentAt: { not: null }, NOT: ofNobody },
    orderBy: { sentAt: "desc" },
    select: { sentAt: true },
    take: 1,
  });
  return last?.sentAt ?? null;
}

/** When the last try failed of the mails that wait for another, other than at their own recipient; null: none did. */
export async function findLastFailed(): Promise<Date | null> {
  // Its words are those of the index on such mails.
  const [last] = await db.$queryRaw<{ triedAt: Date }[]>`
    SELECT tried_at AS "triedAt" FROM mail
    WHERE state = 'queued' AND tried_at IS NOT NULL
      AND NOT (kind = 'already-have-account' AND account_id IS NULL AND challenge_id IS NOT NULL)
    ORDER BY tried_at DESC LIMIT 1`;
  return last?.triedAt ?? null;
}

/** SQL for a column: until when the provider that EMAIL_TRANSPORT names asked to be left alone. */
export const pausedUntilSql = () =>
  Prisma.sql`(SELECT p.paused_until FROM mail_pace p WHERE p.channel = ${env().emailTransport})`;

/** Until when that provider asked to be left alone, past or not; null: it never did. */
export async function findPausedUntil(): Promise<Date | null> {
  const rows = await db.$queryRaw<{ pausedUntil: Date | null }[]>`
    SELECT ${pausedUntilSql()} AS "pausedUntil"`;
  return rows[0]?.pausedUntil ?? null;
}

/** Gives a mail up, because nobody needs it any more. */
export async function markDropped(mailId: string): Promise<void> {
  await db.mail.updateMany({ where: { id: mailId, state: "queued" }, data: { state: "dropped" } });
}

/** Notes that the recipient's side never takes a mail: it is not tried again. */
export async function markRefused(mailId: string, reason: string, triedAt: Date): Promise<void> {
  await db.mail.updateMany({
    where: { id: mailId, state: "queued" },
    data: { state: "refused", attempts: { increment: 1 }, lastError: reason, triedAt },
  });
}

/**
 * Notes a try that failed, and makes the job for the next one in the same statement.
 *
 * @param failed `saysOfOthers`: as any mail might have, not at its own recipient's server
 */
export async function putOff(
  mailId: string,
  failed: { reason: string; delaySeconds: number; triedAt: Date; saysOfOthers: boolean },
): Promise<void> {
  const { reason, delaySeconds, triedAt, saysOfOthers } = failed;
  const nextTryAt = afterSeconds(triedAt, delaySeconds);
  await db.$queryRaw`
    WITH put_off AS (
      UPDATE mail SET attempts = attempts + 1,
        tried_at = ${saysOfOthers ? triedAt : null}, next_try_at = ${nextTryAt},
        last_error = ${reason}
      WHERE id = ${mailId}::uuid AND state = 'queued'
      RETURNING id)
    SELECT ${sendMailJobSql(Prisma.sql`put_off.id`, delaySeconds)} AS job FROM put_off`;
}

/** Lets a mail wait until the provider takes mail again; no try is counted, as it was no fault of its own. */
export async function letWait(mailId: string, seconds: number, triedAt: Date): Promise<void> {
  const nextTryAt = afterSeconds(triedAt, seconds);
  await db.$queryRaw`
    WITH waits AS (
      UPDATE mail SET next_try_at = ${nextTryAt}, tried_at = ${triedAt} WHERE id = ${mailId}::uuid AND state = 'queued'
      RETURNING id)
    SELECT ${sendMailJobSql(Prisma.sql`waits.id`, seconds)} AS job FROM waits`;
}

/**
 * Makes jobs for mails that should have been tried by `dueBefore`, in case theirs were lost with a
 * killed process. A mail that has a job keeps one.
 *
 * @returns how many mails
 */
export async function requeueDueMails(dueBefore: Date): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    WITH due AS (
      SELECT id FROM mail WHERE state = 'queued' AND next_try_at <= ${dueBefore}
      ORDER BY next_try_at LIMIT 1000)
    SELECT ${sendMailJobSql(Prisma.sql`due.id`)} AS job FROM due`;
  return rows.length;
}

/** Deletes mails made before `before`, other than queued ones, and kept mailbox messages. */
export async function deleteMailsBefore(before: Date): Promise<void> {
  await db.mail.deleteMany({ where: { createdAt: { lt: before }, state: { not: "queued" } } });
  await db.mailboxMessage.deleteMany({ where: { createdAt: { lt: before } } });
}
