import type { NotifiedAccount } from "@/lib/account/notify-customer";
import { recordChange } from "@/lib/account/record-change";
import { roles } from "@/lib/account/roles";
import { factorRequired } from "@/lib/account/rules/factor-required";
import type { Client } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { hasFactor } from "@/lib/factors/factors-store";
import { storeFactorsEnd } from "@/lib/two-step/end-store";

/**
 * Has all factors of an account end after a day's notice to every address, because somebody who reads one
 * says that the very first was not theirs. Whoever has it can keep it until then (`keepFactors`), so that
 * a mailbox alone takes no factor; of those who must have one, none at all. In the caller's transaction and under the lock of the account.
 *
 * @param client who says so
 * @returns when they end; null: there is none, they were to end already, or one is required
 */
export async function askFactorsEnd(
  tx: Database,
  notified: NotifiedAccount,
  client: Client,
  now: Date,
): Promise<Date | null> {
  const { accountId } = notified;
  if (!(await hasFactor(tx, accountId))) return null;
  const required = roles.filter((role) => factorRequired(role, env().twoStepRequired));
  const until = await storeFactorsEnd(tx, accountId, required, now);
  if (until === null) return null;
  await recordChange(tx, { kind: "factors-end-asked", notified, client, now, until });
  return until;
}
