import { openLinkToken } from "@/lib/auth/link-token";
import { findAddressHolder } from "@/lib/contact/store";
import type { Database } from "@/lib/sign-in/store";
import { findInvitation } from "@/lib/staff/invitation-store";
import { isStaff, isStaffRole } from "@/lib/staff/roles";
import { type InvitationFacts, judgeInvitation } from "@/lib/staff/rules/judge-invitation";
import { findRoleOf, isAdmin } from "@/lib/staff/store";

/** The invitation of a token, who has its address and what accepting it would do; null for no invitation. */
export async function findInvited(database: Database, token: string | null, at: Date) {
  const id = openLinkToken("staff-invitation", token);
  const invitation = id === null ? null : await findInvitation(database, id);
  if (invitation === null || !isStaffRole(invitation.role)) return null;
  const { email, invitedById, role } = invitation;
  const account = await findRoleOf(database, { email });
  const verdict = judgeInvitation({
    ...invitation,
    now: at,
    inviterMayInvite: invitedById === null || (await isAdmin(database, invitedById)),
    addressOf:
      account === null
        ? await whoseAddress(database, email, at)
        : isStaff(account.role)
          ? "staff"
          : "customer",
  });
  return { invitation: { ...invitation, role }, account, verdict };
}

async function whoseAddress(
  database: Database,
  email: string,
  at: Date,
): Promise<InvitationFacts["addressOf"]> {
  return (await findAddressHolder(database, email, at)) === null ? "nobody" : "kept";
}

export type Invited = NonNullable<Awaited<ReturnType<typeof findInvited>>>;
