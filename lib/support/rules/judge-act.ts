/** Who of the staff would act on whose account. */
export type ActFacts = {
  staffRole: string;
  /** Whether it is the staff member's own account. */
  isOneself: boolean;
  customerRole: string;
};

export type ActVerdict =
  | { kind: "allowed" }
  /** Not a role that acts on customers. */
  | { kind: "not-support" }
  | { kind: "oneself" }
  /** The account is an admin's, and only admins act on those. */
  | { kind: "admins-only" };

/** Support and admins act; nobody on themselves, and only admins on admins. */
export function judgeAct(facts: ActFacts): ActVerdict {
  const { staffRole, isOneself, customerRole } = facts;
  if (staffRole !== "support" && staffRole !== "admin") return { kind: "not-support" };
  if (isOneself) return { kind: "oneself" };
  if (customerRole === "admin" && staffRole !== "admin") return { kind: "admins-only" };
  return { kind: "allowed" };
}
