import type { Actor } from "@/lib/account/actor";
import { asCustomer, type SignedOut } from "@/lib/account/as-signed-in";
import { database } from "@/lib/db/transaction";
import { storeCheckUp } from "@/lib/factors/check-up-store";
import { findCheckedFactors } from "@/lib/two-step/page-store";

/**
 * What a customer is asked about: what they call each factor, and how many recovery codes are left. A passkey
 * that only signs in is none of them: without it the password opens as before.
 */
export type CheckUp = { apps: string[]; passkeys: string[]; recoveryCodesLeft: number };

/** Reads what is asked about, for its page; changes nothing. */
export const readCheckUp = (session: Actor["session"]): Promise<CheckUp> =>
  findCheckedFactors(database, session.accountId);

/** Notes that a customer was asked, whatever they answered. */
export function noteCheckUp(actor: Actor): Promise<{ kind: "noted" } | SignedOut> {
  return asCustomer(actor, async (tx, now) => {
    await storeCheckUp(tx, actor.session.accountId, now);
    return { kind: "noted" as const };
  });
}
