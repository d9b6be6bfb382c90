import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { isAnother, judgeTypedCode } from "@/lib/challenge/judge-typed-code";
import { findHeld } from "@/lib/challenge/pending-store";
import { log } from "@/lib/log/log";
import { type CarriedOut, carryOut } from "@/lib/widening/carry-out";
import { heldBy, proveSession } from "@/lib/widening/store";
import { wideningRequestOf } from "@/lib/widening/widening-request";

/** What becomes of a code typed for a request. `over`: the page explains it. */
export type ConfirmOutcome =
  | { kind: "done"; result: CarriedOut }
  | { kind: "not-a-code" }
  | { kind: "wrong"; attemptsLeft: number }
  | { kind: "blocked"; since: Date; until: Date; reference: string }
  | { kind: "over" }
  | { kind: "nothing-pending" }
  | { kind: "newer-request" }
  | { kind: "signed-out" };

/**
 * Judges the code of a session's pending request as those of a sign-in are judged, and carries the
 * request out when it is right. It may be typed from another network: it belongs to the session.
 *
 * @param shown which request the page showed; another one means that a newer request replaced it
 */
export async function confirmWidening(
  actor: Actor,
  typed: string,
  shown: string | null,
): Promise<ConfirmOutcome> {
  const { session } = actor;
  const outcome = await asCustomer(actor, async (tx, now): Promise<ConfirmOutcome> => {
    const pending = await findHeld(tx, heldBy(session.id), now);
    if (pending === null) return { kind: "nothing-pending" };
    if (isAnother(pending, shown)) return { kind: "newer-request" };
    const verdict = await judgeTypedCode(tx, pending, { text: typed }, now);
    switch (verdict.kind) {
      case "right":
        await proveSession(tx, session.id, now);
        return { kind: "done", result: await carryOut(tx, actor, wideningRequestOf(pending), now) };
      case "now-blocked":
        return { ...verdict, kind: "blocked" };
      case "wrong":
      case "blocked":
      case "not-a-code":
        return verdict;
      default:
        return { kind: "over" };
    }
  });
  log.info(
    { accountId: session.accountId, outcome: outcome.kind },
    "code of a request to widen access judged",
  );
  return outcome;
}
