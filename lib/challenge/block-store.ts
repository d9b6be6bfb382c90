import type { BlockCause } from "@/lib/challenge/rules/code-attempts";
import type { Database } from "@/lib/sign-in/store";

/**
 * Blocks a place for an account. A block that holds already and ends later stays as it is.
 *
 * @param block.place a cidr, or "unknown"
 */
export async function blockPlace(
  tx: Database,
  block: {
    accountId: string;
    place: string;
    until: Date;
    because: BlockCause;
    reference: string;
    now: Date;
  },
): Promise<void> {
  const { accountId, place, until, because, reference, now } = block;
  await tx.$executeRaw`
    INSERT INTO code_attempts AS t (subject, place, wrong, last_wrong_at, blocked_at, blocked_until,
      block_because, block_reference)
    VALUES (${accountId}, ${place}, 0, ${now}, ${now}, ${until}, ${because}, ${reference})
    ON CONFLICT (subject, place) DO UPDATE SET
      wrong = 0, last_wrong_at = excluded.last_wrong_at, blocked_at = excluded.blocked_at,
      blocked_until = excluded.blocked_until, block_because = excluded.block_because,
      block_reference = excluded.block_reference
    WHERE t.blocked_until IS NULL OR t.blocked_until < excluded.blocked_until`;
}
