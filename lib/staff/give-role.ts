import { ownersWays, shutOut, waysBack } from "@/lib/access/shut-out";
import { isStaff, type Role } from "@/lib/account/roles";
import { factorRequired } from "@/lib/account/rules/factor-required";
import { reviewCasesAnew } from "@/lib/cases/review/review-anew";
import { findRoleOf, storeRole } from "@/lib/colleagues/store";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { cancelFactorsEnd } from "@/lib/two-step/end-store";

/**
 * Gives an account a role, in the caller's transaction and under the locks of the account and of the
 * staff. Sessions, trusted browsers and codes that are waited for end: they began under other rules.
 */
export async function giveRole(
  tx: Database,
  accountId: string,
  role: Role,
  now: Date,
): Promise<void> {
  const before = await findRoleOf(tx, { id: accountId });
  await storeRole(tx, accountId, role);
  const joins = before !== null && !isStaff(before.role) && isStaff(role);
  // No mailbox of a customer leads to an account of the staff: what was begun for one ends.
  const mailboxWays = joins ? [] : (["emailChanges", ...waysBack] as const);
  const ways = [...ownersWays, ...mailboxWays, "resetLinks", "supportPin", "password"] as const;
  await shutOut(tx, accountId, { because: "role-changed", keep: { ways }, now });
  // Whoever must have a factor keeps the one that was announced to end.
  if (factorRequired(role, env().twoStepRequired)) await cancelFactorsEnd(tx, accountId);
  if (joins) await reviewCasesAnew(tx, accountId);
}
