import type { CaseState } from "@/lib/cases/rules/case-states";
import { APPROVALS_NEEDED } from "@/lib/cases/rules/limits";

/** A case that a member of staff is about to decide on. */
export type DecisionFacts = {
  state: CaseState;
  /** The version the member of staff has seen, and the present one. */
  seenVersion: number;
  version: number;
  staffId: string;
  /** Whether the case is about the member of staff: their account, or an address of theirs. */
  isOneself: boolean;
  /** Whether the address that was typed has an account. */
  hasAccount: boolean;
  /** Whether the new address has an account of its own. */
  isTaken: boolean;
  /** Who approved in this round, by the ids of their accounts. */
  approvedBy: string[];
  objected: boolean;
  /** How many must agree, as an admin set it. */
  approvalsNeeded: number;
};

export type Decision = "approve" | "refuse" | "ask";

export type DecisionVerdict =
  /** Agreed to; another member of staff must agree too. */
  | { kind: "agreed"; missing: number }
  | { kind: "approved" }
  | { kind: "refused" }
  | { kind: "asked" }
  | { kind: "oneself" }
  /** Somebody did something since; look again. */
  | { kind: "outdated" }
  | { kind: "over" }
  | { kind: "approved-by-you" }
  | { kind: "no-account" }
  | { kind: "taken" };

/** Nobody decides about themselves, nor on what they have not seen; two agree, after an objection always. */
export function judgeDecision(facts: DecisionFacts, decision: Decision): DecisionVerdict {
  if (facts.isOneself) return { kind: "oneself" };
  if (facts.state !== "open" && facts.state !== "needs-more" && facts.state !== "approved") {
    return { kind: "over" };
  }
  if (facts.seenVersion !== facts.version) return { kind: "outdated" };
  if (decision === "refuse") return { kind: "refused" };
  // What is agreed to can still be refused, but not be asked about or agreed to once more.
  if (facts.state === "approved") return { kind: "over" };
  if (decision === "ask") return { kind: "asked" };
  if (!facts.hasAccount) return { kind: "no-account" };
  if (facts.isTaken) return { kind: "taken" };
  const needed = facts.objected ? APPROVALS_NEEDED : facts.approvalsNeeded;
  const missing = needed - new Set([...facts.approvedBy, facts.staffId]).size;
  if (missing <= 0) return { kind: "approved" };
  return facts.approvedBy.includes(facts.staffId)
    ? { kind: "approved-by-you" }
    : { kind: "agreed", missing };
}
