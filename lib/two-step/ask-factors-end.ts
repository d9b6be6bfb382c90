import type { NotifiedAccount } from "@/lib/account/notify-customer";
import { recordChange } from "@/lib/account/record-change";
import { roles } from "@/lib/account/roles";
import { factorRequired } from "@/lib/account/rules/factor-required";
import type { Client } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { storeFactorsEnd } from "@/lib/two-step/end-store";
import { findRemovable } from "@/lib/two-step/store";

/**
 * Has the very first factor of an account end after a day's notice to every address, because somebody who
 * reads one says that it was not theirs, and with it what was added in the same session. Whoever has it can
 * keep it until then (`keepFactors`), so that a mailbox alone takes no factor; of those who must have one,
 * none at all. In the caller's transaction and under the lock of the account.
 *
 * @param first the factor that was the account's first when it was added
 * @param client who says so
 * @returns when it ends; null: it is gone, one was to end already, or one is required
 */
export async function askFactorsEnd(
  tx: Database,
  notified: NotifiedAccount,
  first: { what: "app" | "passkey"; factorId: string },
  client: Client,
  now: Date,
): Promise<Date | null> {
  const { accountId } = notified;
  const { what, factorId } = first;
  // One that its owner removed long ago is none to take the others away for.
  const found = await findRemovable(tx, { what, id: factorId, accountId });
  if (found === null || !found.isFactor) return null;
  const required = roles.filter((role) => factorRequired(role, env().twoStepRequired));
  const until = await storeFactorsEnd(tx, { accountId, factorId, required }, now);
  if (until === null) return null;
  await recordChange(tx, { kind: "factors-end-asked", notified, client, now, until });
  return until;
}
