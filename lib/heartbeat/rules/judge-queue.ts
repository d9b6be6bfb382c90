import { standingSeconds } from "@/lib/heartbeat/rules/limits";

/** The code mails that wait to be sent. Ages in seconds. */
export type Queue = {
  waiting: number;
  /** The oldest that nobody has tried to send; null: there is none. */
  oldestUntried: number | null;
  /** The oldest that a mail service has not taken yet; null: there is none. */
  oldestTried: number | null;
  /** Since any mail left; null: none is known. */
  sinceLastSent: number | null;
};

/** How code mail goes. */
export type QueueVerdict =
  | { kind: "flows" }
  /** No worker has tried the oldest. */
  | { kind: "untried"; seconds: number }
  /** The mail service takes none. */
  | { kind: "not-taken"; seconds: number };

/** The age of the oldest code mail that waits, in seconds; null: none waits. */
export function oldestOf({ oldestUntried, oldestTried }: Queue): number | null {
  if (oldestUntried === null) return oldestTried;
  return Math.max(oldestUntried, oldestTried ?? 0);
}

/**
 * Whether code mail stands still. A mail that was tried in vain while others leave is its recipient's
 * own matter: whoever signs up with an address that takes no mail must not raise an alarm.
 */
export function judgeQueue(queue: Queue, codeLifetimeMinutes: number): QueueVerdict {
  const limit = standingSeconds(codeLifetimeMinutes);
  const { oldestUntried, oldestTried, sinceLastSent } = queue;
  if (oldestUntried !== null && oldestUntried > limit) {
    return { kind: "untried", seconds: oldestUntried };
  }
  const othersLeave = sinceLastSent !== null && sinceLastSent <= limit;
  if (oldestTried !== null && oldestTried > limit && !othersLeave) {
    return { kind: "not-taken", seconds: oldestTried };
  }
  return { kind: "flows" };
}
