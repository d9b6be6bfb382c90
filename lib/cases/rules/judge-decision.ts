import type { CaseState } from "@/lib/account/rules/case-states";
import { APPROVALS_NEEDED } from "@/lib/cases/rules/limits";
import type { Tie } from "@/lib/mail/rules/ties";

/** A case that a member of staff is about to decide on. */
export type DecisionFacts = {
  state: CaseState;
  /** The version the member of staff has seen, and the present one. */
  seenVersion: number;
  version: number;
  staffId: string;
  /** The role of the member of staff. */
  staffRole: string;
  /** Whether the case is about the member of staff: their account, or an address of theirs. */
  isOneself: boolean;
  /** Whether the address that was typed has an account. */
  hasAccount: boolean;
  /** Whether that account is one of the staff. */
  subjectIsStaff: boolean;
  /** Whether the new address has an account of its own. */
  isTaken: boolean;
  /** Whose approvals count in this round, by the ids of their accounts. */
  approvedBy: string[];
  /** Why the word of the member of staff is not one of its own; null: it is. */
  tie: Tie | null;
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
  /** The account is one of the staff. */
  | { kind: "admins-only" }
  | { kind: "approved-by-you" }
  /** Their approval would be somebody else's word once more. */
  | { kind: "not-independent"; tie: Tie }
  | { kind: "no-account" }
  | { kind: "taken" };

/**
 * How many must agree: as an admin set it, and after an objection or about an account of the staff as
 * many as can be asked for.
 */
export function agreementsNeeded(
  facts: Pick<DecisionFacts, "subjectIsStaff" | "objected" | "approvalsNeeded">,
): number {
  return facts.objected || facts.subjectIsStaff ? APPROVALS_NEEDED : facts.approvalsNeeded;
}

/** Whether an approval of somebody's counts; a role that was taken away since counts no more. */
export function countsApproval(by: { role: string }, about: { subjectIsStaff: boolean }): boolean {
  return by.role === "admin" || (by.role === "support" && !about.subjectIsStaff);
}

/**
 * Whether an approved case may be carried out as it was approved. The account may have become one of
 * the staff since, and then only admins can have agreed.
 *
 * @param facts.given how many agreed in the present round, and how many of them are admins now
 */
export function staysApproved(facts: {
  subjectIsStaff: boolean;
  given: { all: number; byAdmins: number };
}): boolean {
  const { all, byAdmins } = facts.given;
  return !facts.subjectIsStaff || (all === byAdmins && byAdmins >= APPROVALS_NEEDED);
}

/** Nobody decides about themselves, nor on what they have not seen; about staff only admins agree. */
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
  if (!countsApproval({ role: facts.staffRole }, facts)) return { kind: "admins-only" };
  if (!facts.hasAccount) return { kind: "no-account" };
  if (facts.isTaken) return { kind: "taken" };
  if (facts.tie !== null) return { kind: "not-independent", tie: facts.tie };
  const missing = agreementsNeeded(facts) - new Set([...facts.approvedBy, facts.staffId]).size;
  if (missing <= 0) return { kind: "approved" };
  return facts.approvedBy.includes(facts.staffId)
    ? { kind: "approved-by-you" }
    : { kind: "agreed", missing };
}
