import { findAttempts } from "@/lib/challenge/attempts-store";
import type { Pending } from "@/lib/challenge/pending-store";
import { type Block, liveAttempts } from "@/lib/challenge/rules/code-attempts";
import { judgeTry, type PendingFacts, type TryVerdict } from "@/lib/challenge/rules/judge-code";
import type { Counted } from "@/lib/challenge/rules/purposes";
import { subjectOf } from "@/lib/challenge/subject";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";

/** How a challenge stands. */
export type JudgedPending = {
  facts: PendingFacts;
  /** Whether a code may be typed. */
  verdict: TryVerdict;
  /** Wrong codes until a block, this one included. */
  attemptsLeft: number;
};

/**
 * Judges whether a challenge's code may be typed now. Changes nothing.
 *
 * @param presentNetwork where the request comes from; left out where that does not matter
 */
export function judgePending(
  pending: Pending,
  now: Date,
  presentNetwork = pending.network,
): JudgedPending {
  const facts: PendingFacts = {
    now,
    expiresAt: pending.expiresAt,
    endedBecause: pending.endedBecause,
    network: pending.network,
    presentNetwork,
    attempts: liveAttempts(pending.attempts, now),
  };
  const left = env().codeMaxAttempts - facts.attempts.wrong;
  // Where no block holds, one is left: the number may have been lowered below what counts by now.
  const attemptsLeft = Math.max(facts.attempts.block === null ? 1 : 0, left);
  return { facts, verdict: judgeTry(facts), attemptsLeft };
}

/** The block that holds for whoever would ask for a code from a network now; null: none. */
export async function findBlock(
  database: Database,
  counted: Counted,
  network: string,
  now: Date,
): Promise<Block | null> {
  return liveAttempts(await findAttempts(database, subjectOf(counted), network), now).block;
}
