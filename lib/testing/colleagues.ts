import type { Role, StaffRole } from "@/lib/account/roles";
import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import { changeRole } from "@/lib/staff/change-role";
import { joinByInvitation } from "@/lib/staff/join-by-invitation";
import { invited } from "@/lib/testing/invitations";
import { newcomer, reader } from "@/lib/testing/joining";
import { freshAddress } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

/** Somebody whom an admin, or the command, invited and who has joined; each at a network of their own. */
export async function join(
  role: StaffRole,
  by: StaffMember | null,
  options: { ip?: string; browserId?: string } = {},
): Promise<StaffMember> {
  const email = freshAddress();
  const outcome = await joinByInvitation(await invited(email, role, by), newcomer, reader);
  if (outcome.kind !== "joined") throw new Error(`The newcomer was ${outcome.kind}.`);
  const { id: accountId } = await db.account.findUniqueOrThrow({ where: { email } });
  return makeStaff(role, { accountId, ...options });
}

/** Gives a member of staff another role, and signs them in with it. */
export async function withRole<To extends Role>(
  staff: StaffMember,
  role: To,
  by: StaffMember | null,
): Promise<StaffMember> {
  const { accountId } = staff.session;
  const outcome = await changeRole(by, { accountId, role, reason: "A new task" });
  if (outcome.kind !== "changed") throw new Error(`The change of role was ${outcome.kind}.`);
  return role === "customer" ? staff : makeStaff(role as StaffRole, { accountId });
}

/** The mails of a kind that went to a member of staff, the oldest first. */
export function mailsTo(staff: StaffMember, kind: string) {
  const { accountId } = staff.session;
  return db.mail.findMany({ where: { accountId, kind }, orderBy: { createdAt: "asc" } });
}
