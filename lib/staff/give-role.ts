import { isStaff, type Role } from "@/lib/account/roles";
import { forgetUndoing } from "@/lib/cases/change/carry-out-store";
import { reviewCasesAnew } from "@/lib/cases/review/review-anew";
import { endCodes, findRoleOf, storeRole } from "@/lib/colleagues/store";
import { endEmailChanges } from "@/lib/contact/email-change-store";
import type { Database } from "@/lib/db/transaction";
import { endNotMeLinks } from "@/lib/not-me/store";
import { endSessions } from "@/lib/sessions/store";
import { endTrustedBrowsers } from "@/lib/trusted-browser/store";

/**
 * Gives an account a role, in the caller's transaction and under the locks of the account and of the
 * staff. Sessions, trusted browsers and codes that are waited for end: they began under other rules.
 */
export async function giveRole(
  tx: Database,
  accountId: string,
  role: Role,
  at: Date,
): Promise<void> {
  const before = await findRoleOf(tx, { id: accountId });
  await storeRole(tx, accountId, role);
  await endSessions(tx, accountId, null, at);
  await endTrustedBrowsers(tx, { accountId, because: "removed", at, except: null });
  await endCodes(tx, accountId, at);
  if (before !== null && !isStaff(before.role) && isStaff(role)) {
    await endWaysBack(tx, accountId, at);
  }
}

/** No mailbox of a customer leads to an account of the staff: what was begun for one ends. */
async function endWaysBack(tx: Database, accountId: string, at: Date): Promise<void> {
  await forgetUndoing(tx, accountId);
  await endEmailChanges(tx, accountId, "superseded", at);
  await endNotMeLinks(tx, accountId, [], at);
  await reviewCasesAnew(tx, accountId);
}
