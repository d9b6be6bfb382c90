import { endBlocked } from "@/lib/challenge/challenge-store";
import type { Block, BlockCause } from "@/lib/challenge/rules/code-attempts";
import { WRONG_ATTEMPT_MEMORY_MINUTES } from "@/lib/challenge/rules/limits";
import type { Counted } from "@/lib/challenge/rules/purposes";
import { subjectOf } from "@/lib/challenge/subject";
import type { Database } from "@/lib/db/transaction";
import { afterMinutes } from "@/lib/moments";

/** What is on record about wrong codes for a subject from a network. */
export function findAttempts(database: Database, subject: string, network: string) {
  return database.codeAttempts.findUnique({
    where: { subject_place: { subject, place: network } },
  });
}

/**
 * Counts a try before it is compared, starting afresh where rule 6 forgets the earlier ones.
 *
 * @returns tries that count, this one included; null while a block holds
 */
export async function countTry(tx: Database, subject: string, network: string, now: Date) {
  const forgotten = afterMinutes(now, -WRONG_ATTEMPT_MEMORY_MINUTES);
  const rows = await tx.$queryRaw<{ wrong: number }[]>`
    INSERT INTO code_attempts AS t (subject, place, wrong, last_wrong_at)
    VALUES (${subject}, ${network}, 1, ${now})
    ON CONFLICT (subject, place) DO UPDATE SET
      wrong = CASE WHEN t.blocked_until IS NOT NULL OR t.last_wrong_at <= ${forgotten}::timestamptz
        THEN 1 ELSE t.wrong + 1 END,
      last_wrong_at = excluded.last_wrong_at,
      blocked_at = NULL, blocked_until = NULL, block_because = NULL, block_reference = NULL
    WHERE t.blocked_until IS NULL OR t.blocked_until <= ${now}
    RETURNING wrong`;
  return rows[0]?.wrong ?? null;
}

/** Starts the block that wrong codes led to, and ends every challenge it touches. */
export async function storeBlock(
  tx: Database,
  challenge: Counted & { network: string },
  block: Block,
): Promise<void> {
  const { network } = challenge;
  const { since, until, because, reference } = block;
  await tx.codeAttempts.update({
    where: { subject_place: { subject: subjectOf(challenge), place: network } },
    data: {
      blockedAt: since,
      blockedUntil: until,
      blockBecause: because,
      blockReference: reference,
    },
  });
  await endBlocked(tx, challenge, since);
}

/** A right code resets the counts. */
export async function forgetAttempts(
  tx: Database,
  subject: string,
  network: string,
): Promise<void> {
  await tx.codeAttempts.deleteMany({ where: { subject, place: network } });
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
