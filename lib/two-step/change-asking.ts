import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import { readClock } from "@/lib/clock";
import type { Database } from "@/lib/db/transaction";
import { hasFactor } from "@/lib/factors/factors-store";
import { isFreshProof } from "@/lib/factors/rules/fresh-proof";
import { provePassword } from "@/lib/password/prove-password";
import { isFactorEnding } from "@/lib/two-step/end-store";
import { storeAsking } from "@/lib/two-step/store";

/** What became of the choice when a factor is asked for. */
export type AskingChanged = { kind: "asked-at-new-places" | "asked-always" | "asking-unchanged" };

/** What becomes of the request. Only `password-wrong` costs an attempt. */
export type AskAlwaysOutcome =
  | AskingChanged
  | { kind: "password-missing" | "password-wrong" | "frozen" | "signed-out" }
  | { kind: "too-many"; until: Date };

/** Has a factor asked for at every sign-in, for whoever knows the password or has just proven a factor: it takes nothing from anybody. */
export async function askAlways(actor: Actor, password: string): Promise<AskAlwaysOutcome> {
  if (password !== "" || !isFreshProof(actor.session, readClock())) {
    const proof = await provePassword(actor, password);
    if (proof.kind === "too-many") return proof;
    if (proof.kind !== "right") return { kind: `password-${proof.kind}` };
  }
  return asCustomer(actor, async (tx, now): Promise<AskAlwaysOutcome> => {
    const frozen = await isFactorEnding(tx, actor.session.accountId);
    return frozen ? { kind: "frozen" } : change(tx, actor, true, now);
  });
}

/**
 * Has a factor asked for only where the account is not known, in the caller's transaction and under the lock of the account.
 * Known places open the account with the password alone again, so that it is asked for like what widens.
 */
export const askAtNewPlaces = (tx: Database, actor: Actor, now: Date): Promise<AskingChanged> =>
  change(tx, actor, false, now);

async function change(
  tx: Database,
  actor: Actor,
  always: boolean,
  now: Date,
): Promise<AskingChanged> {
  const { accountId } = actor.session;
  if (!(await hasFactor(tx, accountId)) || !(await storeAsking(tx, accountId, always))) {
    return { kind: "asking-unchanged" };
  }
  const about = { asking: always ? "always" : "new-places" } as const;
  await recordOwnChange(tx, actor, { kind: "factor-asking-changed", now, about });
  return { kind: always ? "asked-always" : "asked-at-new-places" };
}
