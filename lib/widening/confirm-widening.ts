import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { isCodeOf } from "@/lib/secrets/code";
import { newReference } from "@/lib/secrets/reference";
import {
  countTry,
  endChallenge,
  findAttempts,
  forgetAttempts,
  type Pending,
  storeBlock,
  subjectOf,
} from "@/lib/sign-in/challenge-store";
import { pendingFacts } from "@/lib/sign-in/pending-facts";
import { judgeCode, judgeTry } from "@/lib/sign-in/rules/judge-code";
import { readTypedCode } from "@/lib/sign-in/rules/typed-code";
import { resetCodesSinceRight } from "@/lib/sign-in/store";
import { type CarriedOut, carryOut } from "@/lib/widening/carry-out";
import { findPendingWidening, proveSession } from "@/lib/widening/store";
import { wishSchema } from "@/lib/widening/wish";

/** What becomes of a code typed for a wish. `over`: the page explains it. */
export type ConfirmOutcome =
  | { kind: "done"; result: CarriedOut }
  | { kind: "not-a-code" }
  | { kind: "wrong"; attemptsLeft: number }
  | { kind: "blocked"; since: Date; until: Date; reference: string }
  | { kind: "over" }
  | { kind: "nothing-pending" }
  | { kind: "newer-wish" }
  | { kind: "signed-out" };

/**
 * Judges the code of a session's pending wish as those of a sign-in are judged, and carries the wish
 * out when it is right. It may be typed from another network: it belongs to the session.
 *
 * @param shown which wish the page showed; another one means that a newer wish replaced it
 */
export async function confirmWidening(
  actor: Actor,
  typed: string,
  shown: string | null,
): Promise<ConfirmOutcome> {
  const { session } = actor;
  const outcome = await asCustomer(actor, async (tx, at): Promise<ConfirmOutcome> => {
    const pending = await findPendingWidening(tx, session.id, at);
    if (pending === null) return { kind: "nothing-pending" };
    if (shown !== null && shown !== pending.id) return { kind: "newer-wish" };
    const record = await findAttempts(tx, subjectOf(pending), pending.place);
    const admission = judgeTry(pendingFacts(pending, record, at));
    if (admission.kind === "blocked") return admission;
    if (admission.kind !== "admitted") return { kind: "over" };
    return judgeTyped(tx, actor, pending, typed, at);
  });
  log.info({ accountId: session.accountId, outcome: outcome.kind }, "code of a wish judged");
  return outcome;
}

async function judgeTyped(
  tx: Database,
  actor: Actor,
  pending: Pending,
  text: string,
  at: Date,
): Promise<ConfirmOutcome> {
  const typed = readTypedCode(text);
  if (typed === null) return { kind: "not-a-code" };
  const tries = await countTry(tx, subjectOf(pending), pending.place, at);
  if (tries === null) throw new Error("A block appeared under the lock of its account.");
  const verdict = judgeCode({ now: at, right: isCodeOf(pending, typed), tries }, env());
  switch (verdict.kind) {
    case "wrong":
      return verdict;
    case "blocked": {
      const block = { since: at, until: verdict.until, reference: newReference() };
      await storeBlock(tx, { challenge: pending, ...block, now: at });
      return { kind: "blocked", ...block };
    }
    case "right":
      return grant(tx, actor, pending, at);
  }
}

async function grant(
  tx: Database,
  actor: Actor,
  pending: Pending,
  at: Date,
): Promise<ConfirmOutcome> {
  await endChallenge(tx, pending.id, "used", at);
  await forgetAttempts(tx, subjectOf(pending), pending.place);
  await resetCodesSinceRight(tx, actor.session.accountId);
  await proveSession(tx, actor.session.id, at);
  const wish = wishSchema.parse(pending.wish);
  return { kind: "done", result: await carryOut(tx, actor, wish, at) };
}
