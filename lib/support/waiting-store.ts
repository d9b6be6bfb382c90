import { canariesSql } from "@/lib/account/canary-sql";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { COUNTED_AT_MOST, WAITING_SHOWN } from "@/lib/support/rules/limits";

/** How much waits, each counted as far as it is shown. */
export type WaitingCounts = { cases: number; blocked: number; refused: number; questions: number };

// Each in the order of an index, so that no count reads more than it counts.
const openCases = Prisma.sql`recovery_case WHERE state = 'open' ORDER BY sent_at`;
// In the words of its index: what is blocked of a sign-up or of a confirmation keeps no account out.
const blockedNow = (now: Date) => Prisma.sql`code_attempts
  WHERE position(':' in subject) = 0 AND blocked_until > ${now}::timestamptz
    AND subject NOT IN (SELECT id::text FROM ${canariesSql} canaries)
  ORDER BY blocked_until DESC`;
// Those of no account are typing errors at sign-up, and what nobody was to get; of the canary's staff
// have no page.
const refusedSince = (since: Date) => Prisma.sql`(
  (SELECT id, account_id, kind, recipient, facts, state, tried_at FROM mail
    WHERE state = 'refused' AND account_id IS NOT NULL AND tried_at > ${since}::timestamptz
      AND account_id NOT IN ${canariesSql}
    ORDER BY tried_at DESC LIMIT ${COUNTED_AT_MOST})
  UNION ALL
  (SELECT m.id, m.account_id, m.kind, m.recipient, m.facts, m.state, h.noted_at
    FROM mail_change h JOIN mail m ON m.id = h.mail_id
    -- In the words of its index: what was taken and came back, once.
    WHERE h.state IN ('refused', 'suppressed') AND h.source NOT IN ('hand-over', 'mark')
      AND h.noted_at > ${since}::timestamptz AND m.state = 'sent' AND m.account_id IS NOT NULL
      AND m.account_id NOT IN ${canariesSql}
      AND NOT EXISTS (SELECT FROM mail_change x
        WHERE x.mail_id = h.mail_id AND x.state = 'suppressed' AND h.state = 'refused')
    ORDER BY h.noted_at DESC LIMIT ${COUNTED_AT_MOST})
  ORDER BY tried_at DESC) refused`;
const waitingQuestions = Prisma.sql`help_question WHERE state = 'waiting' ORDER BY asked_at`;

const counted = (rows: Prisma.Sql) =>
  Prisma.sql`(SELECT count(*)::int FROM (SELECT 1 FROM ${rows} LIMIT ${COUNTED_AT_MOST}) few)`;

/**
 * Counts what waits for staff, in one statement.
 *
 * @param moments.since from when on refused mails count
 */
export async function countWaiting(
  database: Database,
  { now, since }: { now: Date; since: Date },
): Promise<WaitingCounts> {
  const [row] = await database.$queryRaw<WaitingCounts[]>`
    SELECT ${counted(openCases)} AS cases, ${counted(blockedNow(now))} AS blocked,
      ${counted(refusedSince(since))} AS refused, ${counted(waitingQuestions)} AS questions`;
  return row ?? { cases: 0, blocked: 0, refused: 0, questions: 0 };
}

/** The cases that wait for a decision, the oldest first. */
export const findOpenCases = (database: Database) =>
  database.$queryRaw<{ id: string; reference: string; sentAt: Date }[]>`
    SELECT id::text AS id, reference, sent_at AS "sentAt" FROM ${openCases} LIMIT ${WAITING_SHOWN}`;

/** A block of sign-in to an account, as a list names it. */
export type BlockedRow = { reference: string; email: string; since: Date; until: Date };

/** The blocks that hold now, the one that ends last first. */
export const findBlockedNow = (database: Database, now: Date) =>
  database.$queryRaw<BlockedRow[]>`
    SELECT block_reference AS reference, a.email, blocked_at AS since, blocked_until AS until
    FROM (SELECT * FROM ${blockedNow(now)} LIMIT ${WAITING_SHOWN}) b
    -- One by one: the planner takes the few for many.
    CROSS JOIN LATERAL (SELECT email FROM account WHERE id = b.subject::uuid LIMIT 1) a
    ORDER BY blocked_until DESC, block_reference`;

/** A mail to an account that was refused for good, or came back. */
export type RefusedMailRow = {
  id: string;
  accountId: string;
  kind: string;
  recipient: string;
  facts: unknown;
  state: string;
  triedAt: Date;
};

/** The mails that were refused since a moment, the latest first. */
export const findRefusedMails = (database: Database, since: Date) =>
  database.$queryRaw<RefusedMailRow[]>`
    SELECT id::text AS id, account_id::text AS "accountId", kind, recipient, facts, state,
      tried_at AS "triedAt"
    FROM ${refusedSince(since)} LIMIT ${WAITING_SHOWN}`;

/** When the question was asked that has waited longest; null: none waits. */
export async function findOldestQuestion(database: Database): Promise<Date | null> {
  const [row] = await database.$queryRaw<{ askedAt: Date }[]>`
    SELECT asked_at AS "askedAt" FROM ${waitingQuestions} LIMIT 1`;
  return row?.askedAt ?? null;
}
