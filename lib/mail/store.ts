import { db } from "@/lib/db/client";
import type { OldRows } from "@/lib/db/sweep";
import { inTransaction } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { Prisma } from "@/lib/generated/prisma/client";
import { markAddress, noteChange } from "@/lib/mail/fate/report-store";
import { shortWords } from "@/lib/mail/fate/short-words";
import type { FailureReason } from "@/lib/mail/rules/failure-reason";
import type { MarkCause } from "@/lib/mail/rules/mark-cause";
import { together } from "@/lib/mail/together";

/**
 * Ends the window whose kept notices a mail gathers, so that nothing is added to what is being sent:
 * waits for whoever is adding to it.
 */
export async function closeGathering(mailId: string): Promise<void> {
  await db.$executeRaw`
    DELETE FROM notice_window w USING mail m
    WHERE m.id = ${mailId}::uuid AND w.account_id = m.account_id
      AND EXISTS (SELECT 1 FROM jsonb_each_text(w.gathering) g WHERE g.value = ${mailId})`;
}

// Up to 60,000 characters that nobody looks at again, once a mail that tries a text out is settled.
const withoutTried = Prisma.sql`facts = CASE WHEN mail.kind = 'template-test' THEN mail.facts - 'test'
  ELSE mail.facts END`;

/** A mail that a transport has taken. */
type SentMail = {
  id: string;
  channel: string;
  providerId: string | null;
  sentAt: Date;
  /** By which a copy of it is known; none: it was not handed to anybody. */
  fingerprint?: Buffer | null;
  /** Ways out that may have it beside the one that took it; none where that is left out. */
  unsure?: readonly string[];
};

// Names of ways in one text, of which an array holds one for each mail.
const joinedNames = (names: readonly string[] = []) => names.join(",");
const namesSql = Prisma.sql`string_to_array(sent.unsure, ',')`;

const markSentTogether = together<SentMail>(async (mails) => {
  const ids = mails.map(({ id }) => id);
  const channels = mails.map(({ channel }) => channel);
  const providerIds = mails.map(({ providerId }) => providerId);
  const moments = mails.map(({ sentAt }) => sentAt.toISOString());
  const prints = mails.map(({ fingerprint }) => fingerprint?.toString("hex") ?? null);
  const unsure = mails.map((mail) => joinedNames(mail.unsure));
  const settled = await db.$executeRaw`
    WITH settled AS (
      UPDATE mail SET state = 'sent', provider_id = sent.provider_id, sent_at = sent.at,
        channel = sent.channel, attempts = attempts + 1, last_error = NULL,
        unsure_channels = ${namesSql}, fingerprint = decode(sent.print, 'hex'), ${withoutTried}
      FROM unnest(${ids}::uuid[], ${channels}::text[], ${providerIds}::text[], ${moments}::timestamptz[],
        ${prints}::text[], ${unsure}::text[]) AS sent (id, channel, provider_id, at, print, unsure)
      WHERE mail.id = sent.id AND mail.state = 'queued'
      RETURNING mail.id, sent.channel, sent.at)
    INSERT INTO mail_change (mail_id, state, at, noted_at, source, channel)
    SELECT id, 'accepted', at, at, 'hand-over', channel FROM settled ON CONFLICT DO NOTHING`;
  if (settled === mails.length) return;
  // Somebody outside was faster with what became of one: what only whoever handed it over knows is kept.
  await db.$executeRaw`
    UPDATE mail SET fingerprint = decode(sent.print, 'hex'), unsure_channels = ${namesSql}
    FROM unnest(${ids}::uuid[], ${prints}::text[], ${unsure}::text[]) AS sent (id, print, unsure)
    WHERE mail.id = sent.id AND mail.state <> 'queued' AND mail.fingerprint IS NULL`;
});

/** Notes that a transport has taken a mail; what is taken in the same moment is noted in one statement. */
export const markSent = (sent: SentMail): Promise<void> => markSentTogether(sent);

/** Keeps by what a copy is known of a mail that was handed over, and may or may not have been taken. */
export async function keepFingerprint(mailId: string, fingerprint: Buffer): Promise<void> {
  await db.$executeRaw`UPDATE mail SET fingerprint = ${fingerprint} WHERE id = ${mailId}::uuid`;
}

/** When the provider took a mail last, whenever it was written; null: none is known. */
export async function findLastSent(): Promise<Date | null> {
  // A mail of nobody's shows nothing of the provider.
  const [last] = await db.$queryRaw<{ sentAt: Date }[]>`
    SELECT sent_at AS "sentAt" FROM mail WHERE state = 'sent' AND sent_at IS NOT NULL
      AND NOT (kind = 'already-have-account' AND account_id IS NULL AND challenge_id IS NOT NULL)
    ORDER BY sent_at DESC LIMIT 1`;
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

/** SQL for a column: until when all ways out that EMAIL_TRANSPORT names asked to be left alone. */
export const pausedUntilSql = () => {
  const ways = env().emailTransports;
  return Prisma.sql`(SELECT CASE WHEN count(p.paused_until) = ${ways.length}::int THEN min(p.paused_until) END
    FROM mail_pace p WHERE p.channel = ANY(${ways}::text[]))`;
};

/** Until when they asked to be left alone, past or not; null: it never did. */
export async function findPausedUntil(): Promise<Date | null> {
  const rows = await db.$queryRaw<{ pausedUntil: Date | null }[]>`
    SELECT ${pausedUntilSql()} AS "pausedUntil"`;
  return rows[0]?.pausedUntil ?? null;
}

/** A mail that is settled without having been handed over, and which ways may have had it before that. */
type NotHandedOver = { id: string; attempts: number; unsureChannels: readonly string[] };

// Taking it noted a way beforehand. What another process has tried since, as this one's claim was lost, stays.
const asBeforeSql = ({ attempts, unsureChannels }: NotHandedOver) =>
  Prisma.sql`unsure_channels = CASE WHEN attempts = ${attempts}::int THEN ${unsureChannels}::text[]
    ELSE unsure_channels END, ${withoutTried}`;

/** Gives a mail up, because nobody needs it any more. */
export async function markDropped(mail: NotHandedOver): Promise<void> {
  await db.$executeRaw`
    UPDATE mail SET state = 'dropped', ${asBeforeSql(mail)}
    WHERE id = ${mail.id}::uuid AND state = 'queued'`;
}

/** Why a mail is never taken, as it is noted. */
export type FinalRefusal = {
  reason: string;
  channel: string;
  triedAt: Date;
  failure: FailureReason;
  status: string | null;
  /** Whether nothing more is sent to its recipient until somebody lifts that, and why. */
  marks: MarkCause | null;
};

/**
 * Notes that the recipient's side never takes a mail: it is not tried again. Where its mailbox is gone,
 * so is every other mail to it.
 */
export async function markRefused(mailId: string, refusal: FinalRefusal): Promise<void> {
  const { reason, channel, triedAt, failure, status, marks } = refusal;
  const words = shortWords(reason);
  await inTransaction(async (tx) => {
    const [mail] = await tx.$queryRaw<{ recipient: string }[]>`
      UPDATE mail SET state = 'refused', attempts = attempts + 1, last_error = ${reason},
        tried_at = ${triedAt}, channel = ${channel}, ${withoutTried}
      WHERE id = ${mailId}::uuid AND state = 'queued' RETURNING recipient`;
    if (mail === undefined) return;
    const noted = { source: "hand-over", channel, status, words } as const;
    const change = { state: "refused", at: triedAt, notedAt: triedAt, reason: failure } as const;
    await noteChange(tx, mailId, { ...noted, ...change });
    if (marks === null) return;
    const { recipient: address } = mail;
    await markAddress(tx, { address, because: marks, status, words, mailId, at: triedAt });
  });
}

/** Notes that a mail was not sent, as nothing is sent to its recipient. */
export async function markSuppressed(
  mail: NotHandedOver,
  { at, reason }: { at: Date; reason: FailureReason },
): Promise<void> {
  await db.$executeRaw`
    WITH settled AS (
      UPDATE mail SET state = 'refused', ${asBeforeSql(mail)}
      WHERE id = ${mail.id}::uuid AND state = 'queued' RETURNING id)
    INSERT INTO mail_change (mail_id, state, at, noted_at, source, reason)
    SELECT id, 'suppressed', ${at}, ${at}, 'mark', ${reason} FROM settled ON CONFLICT DO NOTHING`;
}

/**
 * Notes a try that failed, and when the next one is due, by the database's clock.
 *
 * @param failed `saysOfOthers`: as any mail might have, not at its own recipient's server; `unsure`: which
 *   ways out may have it now
 */
export async function putOff(
  mailId: string,
  failed: {
    reason: string;
    delaySeconds: number;
    triedAt: Date;
    saysOfOthers: boolean;
    unsure: readonly string[];
  },
): Promise<void> {
  const { reason, delaySeconds, triedAt, saysOfOthers, unsure } = failed;
  await db.$executeRaw`
    UPDATE mail SET attempts = attempts + 1, tried_at = ${saysOfOthers ? triedAt : null},
      next_try_at = now() + make_interval(secs => ${delaySeconds}::float8), last_error = ${reason},
      unsure_channels = ${unsure}::text[]
    WHERE id = ${mailId}::uuid AND state = 'queued'`;
}

/**
 * Lets a mail wait until a provider takes mail again; no try is counted, as it was no fault of its own.
 *
 * @param triedAt null: none was asked
 */
export async function letWait(
  mailId: string,
  {
    seconds,
    triedAt,
    unsure,
  }: { seconds: number; triedAt: Date | null; unsure: readonly string[] },
): Promise<void> {
  await db.$executeRaw`
    UPDATE mail SET tried_at = ${triedAt}, unsure_channels = ${unsure}::text[],
      next_try_at = now() + make_interval(secs => ${seconds}::float8)
    WHERE id = ${mailId}::uuid AND state = 'queued'`;
}

/** Mails made before a moment, other than queued ones, and kept mailbox messages. */
export const oldMails = (before: Date): OldRows[] => [
  { table: "mail", by: "created_at", before, only: Prisma.sql`state <> 'queued'` },
  { table: "mailbox_message", by: "created_at", before },
];
