import type { StaffRole } from "@/lib/account/roles";
import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { inviteStaff } from "@/lib/staff/invite-staff";

/** The token of the open invitation to an address. */
export async function tokenFor(email: string): Promise<string> {
  const invitation = await db.staffInvitation.findFirstOrThrow({ where: { email, endedAt: null } });
  return linkTokenOf("staff-invitation", invitation) ?? "";
}

/** Invites an address, by the command or an admin; the token of its link. */
export async function invited(
  email: string,
  role: StaffRole = "support",
  by: StaffMember | null = null,
): Promise<string> {
  const outcome = await inviteStaff(by, { email, role, reason: "New in the team" });
  if (outcome.kind !== "invited") throw new Error(`The invitation was ${outcome.kind}.`);
  return tokenFor(email);
}

/** The entries of the audit log about something or by somebody, the oldest first. */
export function auditOf(filter: { subjectId: string } | { actorId: string }) {
  return db.auditEntry.findMany({ where: filter, orderBy: { seq: "asc" } });
}
