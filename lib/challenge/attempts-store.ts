import type { AttemptRecord, Block, BlockCause } from "@/lib/challenge/rules/code-attempts";
import type { Counted } from "@/lib/challenge/rules/purposes";
import { type AskedWhere, attemptsKeyOf, subjectOf } from "@/lib/challenge/subject";
import { ownerPart, type Part, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";

/** SQL for columns: what is on record, by a row `t` of attempts that need not be there. */
export const attemptColumns = Prisma.sql`t.wrong, t.last_wrong_at AS "lastWrongAt",
  t.blocked_at AS "blockedAt", t.blocked_until AS "blockedUntil",
  t.block_because AS "blockBecause", t.block_reference AS "blockReference"`;

/** A row with these columns. */
export type WithAttempts = Omit<AttemptRecord, "wrong" | "lastWrongAt"> & {
  wrong: number | null;
  lastWrongAt: Date | null;
};

/** What is on record, and the rest of the row. */
export function takeAttempts<Row extends WithAttempts>(row: Row) {
  const { wrong, lastWrongAt, blockedAt, blockedUntil, blockBecause, blockReference, ...rest } =
    row;
  const attempts: AttemptRecord | null =
    wrong === null || lastWrongAt === null
      ? null
      : { wrong, lastWrongAt, blockedAt, blockedUntil, blockBecause, blockReference };
  return { attempts, rest };
}

/** What is on record about wrong codes for a subject from a network. */
export async function findAttempts(
  database: Database,
  subject: string,
  network: string,
): Promise<AttemptRecord | null> {
  const rows = await database.$queryRaw<WithAttempts[]>`
    SELECT ${attemptColumns} FROM code_attempts t
    WHERE t.subject = ${subject} AND t.place = ${network}`;
  return rows[0] === undefined ? null : takeAttempts(rows[0]).attempts;
}

/**
 * Wrong answers of a subject since a moment, over all networks.
 *
 * @returns how many, when the first network's last one was, and the reference of a block that they led to
 */
export async function findWrongEverywhere(
  database: Database,
  subject: string,
  since: Date,
): Promise<{ wrong: number; oldestAt: Date | null; reference: string | null }> {
  const filter = { subject, lastWrongAt: { gt: since } };
  const { _sum, _min, _max } = await database.codeAttempts.aggregate({
    where: filter,
    _sum: { wrong: true },
    _min: { lastWrongAt: true },
    _max: { blockReference: true },
  });
  return {
    wrong: _sum.wrong ?? 0,
    oldestAt: _min.lastWrongAt,
    reference: _max.blockReference,
  };
}

/**
 * The part of a statement that counts a wrong code, and begins the block that it led to: as was judged
 * under the lock of its subject.
 *
 * @param tries that count, this one included
 */
export function triesPart(
  challenge: Counted & AskedWhere,
  tries: number,
  block: Block | null,
  now: Date,
): Part {
  return Prisma.sql`tried AS (
    INSERT INTO code_attempts (subject, place, wrong, last_wrong_at, blocked_at, blocked_until,
      block_because, block_reference)
    SELECT ${subjectOf(challenge)}, ${attemptsKeyOf(challenge)}, ${tries}::int, ${now}::timestamptz,
      ${block?.since ?? null}::timestamptz, ${block?.until ?? null}::timestamptz,
      ${block?.because ?? null}, ${block?.reference ?? null} FROM owner
    ON CONFLICT (subject, place) DO UPDATE SET
      wrong = excluded.wrong, last_wrong_at = excluded.last_wrong_at,
      blocked_at = excluded.blocked_at, blocked_until = excluded.blocked_until,
      block_because = excluded.block_because, block_reference = excluded.block_reference)`;
}

/** The part of a statement that resets the counts of a subject from a network. */
export const forgottenPart = (subject: string, network: string): Part =>
  Prisma.sql`forgotten AS (DELETE FROM code_attempts t USING owner
    WHERE t.subject = ${subject} AND t.place = ${network})`;

/** Resets the counts of a subject from a network. */
export async function forgetAttempts(
  tx: Database,
  subject: string,
  network: string,
): Promise<void> {
  await writeTogether(tx, [ownerPart(null), forgottenPart(subject, network)]);
}

/**
 * Blocks a network for an account. A block that holds already and ends later stays as it is.
 *
 * @param block.network a cidr, or "unknown"
 */
export async function blockNetwork(
  tx: Database,
  block: {
    accountId: string;
    network: string;
    until: Date;
    because: BlockCause;
    reference: string;
    now: Date;
  },
): Promise<void> {
  const { accountId, network, until, because, reference, now } = block;
  await tx.$executeRaw`
    INSERT INTO code_attempts AS t (subject, place, wrong, last_wrong_at, blocked_at, blocked_until,
      block_because, block_reference)
    VALUES (${accountId}, ${network}, 0, ${now}, ${now}, ${until}, ${because}, ${reference})
    ON CONFLICT (subject, place) DO UPDATE SET
      wrong = 0, last_wrong_at = excluded.last_wrong_at, blocked_at = excluded.blocked_at,
      blocked_until = excluded.blocked_until, block_because = excluded.block_because,
      block_reference = excluded.block_reference
    WHERE t.blocked_until IS NULL OR t.blocked_until < excluded.blocked_until`;
}
