/** An invitation to the staff, and who has its address now. */
export type InvitationFacts = {
  now: Date;
  expiresAt: Date;
  endedBecause: string | null;
  /** Whether whoever invited may still do so: the command may always, an account while it is an admin's. */
  inviterMayInvite: boolean;
  /** `kept`: nobody has it, but an account had it until lately and may take it back. */
  addressOf: "nobody" | "customer" | "staff" | "kept";
};

/** Why an invitation opens nothing. */
export type InvitationEnd =
  | "accepted"
  | "withdrawn"
  | "superseded"
  | "expired"
  | "already-staff"
  | "address-kept";

/** What accepting an invitation would do. */
export type InvitationVerdict =
  /** Gives the account of its address the role. */
  | { kind: "for-account" }
  /** Makes an account with the role. */
  | { kind: "for-newcomer" }
  | { kind: InvitationEnd };

const ends = ["accepted", "withdrawn", "superseded"] as const;

/** An invitation works once, for 72 hours, for its address alone, while an admin stands behind it. */
export function judgeInvitation(facts: InvitationFacts): InvitationVerdict {
  const { endedBecause, addressOf } = facts;
  if (endedBecause !== null) {
    return { kind: ends.find((end) => end === endedBecause) ?? "withdrawn" };
  }
  if (!facts.inviterMayInvite) return { kind: "withdrawn" };
  if (facts.expiresAt <= facts.now) return { kind: "expired" };
  // An older invitation must not take a role away that was given since.
  if (addressOf === "staff") return { kind: "already-staff" };
  if (addressOf === "customer") return { kind: "for-account" };
  return { kind: addressOf === "kept" ? "address-kept" : "for-newcomer" };
}
