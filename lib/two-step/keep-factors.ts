import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import { readClock } from "@/lib/clock";
import type { Database } from "@/lib/db/transaction";
import { cancelFactorsEnd } from "@/lib/two-step/end-store";

/** What becomes of the request to keep the factors of an account that are to end. */
export type KeepOutcome = {
  /** `not-proven`: this session has not shown one of them; `nothing-ends`: they went, or stay already. */
  kind: "kept" | "not-proven" | "nothing-ends" | "signed-out";
};

/** What a page says of factors that are to end; null: none are. */
export type FactorsEnding = { at: Date; mayKeep: boolean };

/** Whether the factors of a session's account are to end, and whether it may keep them. */
export function factorsEnding(session: Actor["session"]): FactorsEnding | null {
  const { factorsEndAt: at } = session.account;
  if (at === null || at <= readClock()) return null;
  return { at, mayKeep: mayKeep(session) };
}

/** A passkey instead of the password shows the factor, but not that its owner is who set the new password. */
const mayKeep = ({ factorProvenAt, because }: Actor["session"]): boolean =>
  factorProvenAt !== null && because !== "passkey";

/** What became of a request to keep them. */
export type Kept = { kind: "factors-kept" | "factors-nothing-ends" };

/**
 * Keeps the factors of an account that are to end, in the caller's transaction and under the lock of the account,
 * for whoever has proven password and factor: as a request of lib/widening, from any place.
 */
export async function keepFactorsNow(tx: Database, actor: Actor, now: Date): Promise<Kept> {
  if (!(await cancelFactorsEnd(tx, actor.session.accountId))) {
    return { kind: "factors-nothing-ends" };
  }
  await recordOwnChange(tx, actor, { kind: "factors-kept", now });
  return { kind: "factors-kept" };
}

/** Keeps them for whoever has shown one of them in this session. */
export async function keepFactors(actor: Actor): Promise<KeepOutcome> {
  if (!mayKeep(actor.session)) return { kind: "not-proven" };
  return asCustomer(actor, async (tx, now): Promise<KeepOutcome> => {
    const { kind } = await keepFactorsNow(tx, actor, now);
    return { kind: kind === "factors-kept" ? "kept" : "nothing-ends" };
  });
}
