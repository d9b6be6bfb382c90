import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import { CLOSING_DAYS } from "@/lib/closing/rules/limits";
import { dropClosing, storeClosing } from "@/lib/closing/store";
import { countOtherAdmins, isAdmin, lockStaff } from "@/lib/colleagues/store";
import type { Database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { afterDays } from "@/lib/moments";
import { provePassword } from "@/lib/password/prove-password";
import { isFactorEnding } from "@/lib/two-step/end-store";

/** What becomes of the request to close an account. Only `password-wrong` costs an attempt. */
export type CloseOutcome =
  | { kind: "asked" | "asked-already" | "signed-out" }
  /** Nobody could make anybody else an admin any more. */
  | { kind: "last-admin" }
  /** A factor is announced to end: until that is settled, nothing is changed. */
  | { kind: "frozen" }
  | { kind: "password-missing" | "password-wrong" }
  | { kind: "too-many"; until: Date };

/** Asks for the end of one's own account: in 14 days, and until then it can be kept. */
export async function closeAccount(actor: Actor, password: string): Promise<CloseOutcome> {
  const proof = await provePassword(actor, password);
  if (proof.kind === "too-many") return proof;
  if (proof.kind !== "right") return { kind: `password-${proof.kind}` };
  const { session } = actor;
  const { accountId } = session;
  const outcome = await asCustomer(actor, async (tx, now): Promise<CloseOutcome> => {
    if (await isFactorEnding(tx, accountId)) return { kind: "frozen" };
    if (await isLastAdmin(tx, accountId)) return { kind: "last-admin" };
    const until = afterDays(now, CLOSING_DAYS);
    if (!(await storeClosing(tx, accountId, { askedAt: now, closesAt: until }))) {
      return { kind: "asked-already" };
    }
    const undo = { kind: "closing" } as const;
    await recordOwnChange(tx, actor, { kind: "closing-asked", now, until, undo });
    return { kind: "asked" };
  });
  log.info({ accountId, outcome: outcome.kind }, "closing asked for");
  return outcome;
}

/** Whether an account is the last admin's, under its lock; then no other admin leaves meanwhile. */
async function isLastAdmin(tx: Database, accountId: string): Promise<boolean> {
  if (!(await isAdmin(tx, accountId))) return false;
  await lockStaff(tx);
  return (await countOtherAdmins(tx, accountId)) === 0;
}

/** Keeps an account whose closing was asked for. */
export function keepAccount(
  actor: Actor,
): Promise<{ kind: "kept" | "nothing-asked" | "signed-out" }> {
  const { session } = actor;
  return asCustomer(actor, async (tx, now) => {
    if (!(await dropClosing(tx, session.accountId))) return { kind: "nothing-asked" };
    await recordOwnChange(tx, actor, { kind: "closing-cancelled", now });
    return { kind: "kept" };
  });
}
