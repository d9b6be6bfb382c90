/** A change of somebody's role, before it is made. */
export type RoleChangeFacts = {
  /** Whether the account is that of whoever changes it. */
  isOneself: boolean;
  before: string;
  after: string;
  /** Admins besides this account whose accounts are not about to be erased. */
  otherAdmins: number;
};

/** Whether a role may change. */
export type RoleChangeVerdict =
  | { kind: "change" }
  | { kind: "oneself" }
  /** The account is a customer's: one joins the staff by an invitation alone. */
  | { kind: "not-staff" }
  | { kind: "unchanged" }
  | { kind: "last-admin" };

/** Nobody changes their own role, nobody joins the staff unasked, and one admin always stays. */
export function judgeRoleChange(facts: RoleChangeFacts): RoleChangeVerdict {
  if (facts.isOneself) return { kind: "oneself" };
  if (facts.before === "customer") return { kind: "not-staff" };
  if (facts.before === facts.after) return { kind: "unchanged" };
  if (facts.before === "admin" && facts.otherAdmins === 0) return { kind: "last-admin" };
  return { kind: "change" };
}
