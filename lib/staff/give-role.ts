import { endSessions } from "@/lib/sessions/store";
import type { Database } from "@/lib/sign-in/store";
import type { Role } from "@/lib/staff/roles";
import { endCodes, storeRole } from "@/lib/staff/store";
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
  await storeRole(tx, accountId, role);
  await endSessions(tx, accountId, null, at);
  await endTrustedBrowsers(tx, { accountId, because: "removed", at, except: null });
  await endCodes(tx, accountId, at);
}
