import { asSignedIn, type SignedOut } from "@/lib/account/as-signed-in";
import { isStaffRole } from "@/lib/account/roles";
import type { StaffMember } from "@/lib/account/staff-member";
import { findRoleOf } from "@/lib/colleagues/store";
import { lockAccounts, lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";

/**
 * Runs what a member of staff does to the texts of mails, one after the other, in one transaction: under
 * the lock of their account, so that whoever takes their role away comes before or after it, and under
 * the one of all texts. Whoever has another role by then, or is signed out, does nothing.
 */
export function asEditor<Outcome>(
  staff: StaffMember,
  work: (tx: Database, now: Date) => Promise<Outcome>,
): Promise<Outcome | SignedOut> {
  const { accountId } = staff.session;
  const lock = async (tx: Database) => {
    await lockAccounts(tx, [accountId]);
    await lockSubject(tx, subjects.texts);
  };
  return asSignedIn(staff, lock, async (tx, now): Promise<Outcome | SignedOut> => {
    const found = await findRoleOf(tx, { id: accountId });
    const isEditor = found !== null && isStaffRole(found.role) && found.role === staff.role;
    return isEditor ? work(tx, now) : { kind: "signed-out" };
  });
}
