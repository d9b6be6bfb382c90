import type { Block } from "@/lib/challenge/rules/code-attempts";
import type { PendingFacts } from "@/lib/challenge/rules/judge-code";

/** Who let a sign-in through: support, or the customer from where they were in already. */
export type PassCause = "hotline" | "let-in";

/** Who did, as it was stored; of versions before, support. */
export const readPassCause = (stored: string | null): PassCause =>
  stored === "let-in" ? "let-in" : "hotline";

/** A pending sign-in that may have been let through without its code. */
export type PassFacts = {
  now: Date;
  /** Until when it is let through; null: it is not. */
  passUntil: Date | null;
  endedBecause: PendingFacts["endedBecause"];
  /** The network the sign-in came from, and the one it is finished at. */
  network: string;
  presentNetwork: string;
  block: Block | null;
  isStaff: boolean;
  /** Whether a second factor is asked for: nobody lets anybody around it. */
  asksFactor: boolean;
  /** Whether a request for another contact e-mail of the account is under way. */
  hasLiveCase: boolean;
};

export type PassVerdict =
  | { kind: "admitted" }
  /** None was given, or its time is over, or the sign-in has ended. */
  | { kind: "none" }
  | { kind: "network-changed" };

/**
 * A pass lets one sign-in through from one network, once, for minutes. Never one of staff or of an
 * account with a second factor, none while a case is open, and none that was blocked or replaced meanwhile.
 */
export function judgePass(facts: PassFacts): PassVerdict {
  if (facts.passUntil === null || facts.passUntil <= facts.now) return { kind: "none" };
  if (facts.endedBecause !== null || facts.block !== null) return { kind: "none" };
  if (facts.isStaff || facts.asksFactor || facts.hasLiveCase) return { kind: "none" };
  if (facts.network !== facts.presentNetwork) return { kind: "network-changed" };
  return { kind: "admitted" };
}
