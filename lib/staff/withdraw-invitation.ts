import { asSignedIn } from "@/lib/account/as-signed-in";
import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { lockStaff } from "@/lib/colleagues/store";
import { endInvitation, findInvitation } from "@/lib/staff/invitation-store";
import { isId } from "@/lib/typed/is-id";

/** `over`: it was accepted, withdrawn or replaced before. `unknown`: there is no such invitation. */
export type WithdrawOutcome =
  | { kind: "withdrawn"; email: string }
  | { kind: "over" | "unknown" | "signed-out" };

/**
 * Takes an invitation back; its link then says so.
 *
 * @param id as the form says it, from anybody
 */
export function withdrawInvitation(staff: StaffMember, id: string): Promise<WithdrawOutcome> {
  return asSignedIn(staff, lockStaff, async (tx, now): Promise<WithdrawOutcome> => {
    const found = isId(id) ? await findInvitation(tx, id) : null;
    if (found === null) return { kind: "unknown" };
    if (!(await endInvitation(tx, found.id, "withdrawn", now))) return { kind: "over" };
    await recordAudit(tx, staff, {
      action: "staff-invitation-withdrawn",
      subject: { kind: "staff", id: found.id },
      details: { role: found.role },
      now,
    });
    return { kind: "withdrawn", email: found.email };
  });
}
