import { type PendingEnd, pendingEnds } from "@/lib/access/rules/causes";
import type { Block, LiveAttempts } from "@/lib/challenge/rules/code-attempts";
import type { Limits } from "@/lib/challenge/rules/limits";
import { afterMinutes } from "@/lib/moments";

/** A pending sign-in or sign-up, as far as a typed code is concerned. */
export type PendingFacts = {
  now: Date;
  expiresAt: Date;
  /** As it is stored: used, superseded, blocked, or what shut people out; null: it is open. */
  endedBecause: string | null;
  /** The network the code was made for, and the one it was typed at. */
  network: string;
  presentNetwork: string;
  attempts: LiveAttempts;
};

/** Whether a typed code may be looked at. All but `admitted` cost no attempt. */
export type TryVerdict =
  | { kind: "admitted" }
  | { kind: "used" }
  | { kind: "superseded" }
  | { kind: "password-changed" }
  | { kind: "shut-out"; because: PendingEnd }
  | ({ kind: "blocked" } & Block)
  | { kind: "block-over" }
  | { kind: "expired" }
  | { kind: "network-changed" };

/** Rules 5 and 9: who may have a code judged, before it is compared. */
export function judgeTry(facts: PendingFacts): TryVerdict {
  if (facts.endedBecause === "used") return { kind: "used" };
  if (facts.endedBecause === "superseded") return { kind: "superseded" };
  if (facts.endedBecause === "password-changed") return { kind: "password-changed" };
  // Before its end in time: whatever ended it, also in a later version, no code of it counts.
  if (facts.endedBecause !== null && facts.endedBecause !== "blocked") {
    const because = pendingEnds.find((end) => end === facts.endedBecause) ?? "other";
    return { kind: "shut-out", because };
  }
  // Judged elsewhere first: the block of the network the code is for does not follow to another.
  if (facts.endedBecause === "blocked" || facts.attempts.block !== null) {
    return facts.attempts.block === null
      ? { kind: "block-over" }
      : { kind: "blocked", ...facts.attempts.block };
  }
  if (facts.expiresAt <= facts.now) return { kind: "expired" };
  if (facts.network !== facts.presentNetwork) return { kind: "network-changed" };
  return { kind: "admitted" };
}

/** The verdict on a counted try. */
export type CodeVerdict =
  | { kind: "right" }
  | { kind: "wrong"; attemptsLeft: number }
  | { kind: "blocked"; until: Date };

/**
 * Rule 6: the last of the attempts that is wrong blocks. A right one is right however many count: whoever may
 * try has not used up the number that stood, which may have been lowered since.
 *
 * @param tries attempts that count, this one included
 */
export function judgeCode(
  facts: { now: Date; right: boolean; tries: number },
  limits: Pick<Limits, "codeMaxAttempts" | "blockMinutes">,
): CodeVerdict {
  if (facts.right) return { kind: "right" };
  const attemptsLeft = limits.codeMaxAttempts - facts.tries;
  if (attemptsLeft > 0) return { kind: "wrong", attemptsLeft };
  return { kind: "blocked", until: afterMinutes(facts.now, limits.blockMinutes) };
}
