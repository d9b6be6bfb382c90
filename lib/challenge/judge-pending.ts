import type { Pending } from "@/lib/challenge/challenge-store";
import { type AttemptRecord, liveAttempts } from "@/lib/challenge/rules/code-attempts";
import type { PendingFacts } from "@/lib/challenge/rules/judge-code";

/**
 * What a pending sign-in is judged by.
 *
 * @param presentPlace where the request comes from; left out where that does not matter
 */
export function pendingFacts(
  pending: Pending,
  record: AttemptRecord | null,
  at: Date,
  presentPlace = pending.place,
): PendingFacts {
  return {
    now: at,
    expiresAt: pending.expiresAt,
    endedBecause: pending.endedBecause as PendingFacts["endedBecause"],
    place: pending.place,
    presentPlace,
    attempts: liveAttempts(record, at),
  };
}
