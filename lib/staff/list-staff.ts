import type { LiveSession } from "@/lib/account/session-store";
import { readClock } from "@/lib/clock";
import { findStaff, type StaffRow } from "@/lib/colleagues/store";
import { database } from "@/lib/db/transaction";
import { findOpenInvitations, type OpenInvitation } from "@/lib/staff/invitation-store";

/** A member of the staff, as admins see them. */
export type Member = StaffRow & { isOneself: boolean };

/** What `/support/staff` shows. */
export type StaffPage = {
  members: Member[];
  invitations: OpenInvitation[];
};

/** Reads the staff and the open invitations for their page. Changes nothing. */
export async function readStaffPage(session: LiveSession): Promise<StaffPage> {
  const members = await listStaff();
  return {
    members: members.map((member) => ({ ...member, isOneself: member.id === session.accountId })),
    invitations: await findOpenInvitations(database, readClock()),
  };
}

/** Everybody who is no customer, admins first. */
export const listStaff = (): Promise<StaffRow[]> => findStaff(database);
