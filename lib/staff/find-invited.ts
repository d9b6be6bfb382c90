import { findAddressHolder } from "@/lib/account/address-holder-store";
import { isStaff, isStaffRole } from "@/lib/account/roles";
import { findRoleOf, isAdmin, type RoleHolder } from "@/lib/colleagues/store";
import type { Database } from "@/lib/db/transaction";
import { openLinkToken } from "@/lib/secrets/link-token";
import { findInvitation } from "@/lib/staff/invitation-store";
import { type InvitationFacts, judgeInvitation } from "@/lib/staff/rules/judge-invitation";

/** The invitation of a token, who has its address and what accepting it would do; null for no invitation. */
export async function findInvited(database: Database, token: string | null, now: Date) {
  const id = openLinkToken("staff-invitation", token);
  const invitation = id === null ? null : await findInvitation(database, id);
  if (invitation === null || !isStaffRole(invitation.role)) return null;
  const { email, invitedById, role } = invitation;
  // Asked once who has the address: two answers may be of two moments, before an account and after.
  const holder = await findAddressHolder(database, email, now);
  const held = holder && (await findRoleOf(database, { id: holder.id }));
  const account = held?.email === email ? held : null;
  const verdict = judgeInvitation({
    ...invitation,
    now,
    inviterMayInvite: invitedById === null || (await isAdmin(database, invitedById)),
    addressOf: addressOf(holder !== null, account),
  });
  return { invitation: { ...invitation, role }, account, verdict };
}

function addressOf(isHeld: boolean, account: RoleHolder | null): InvitationFacts["addressOf"] {
  if (account !== null) return isStaff(account.role) ? "staff" : "customer";
  return isHeld ? "kept" : "nobody";
}

export type Invited = NonNullable<Awaited<ReturnType<typeof findInvited>>>;
