import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import {
  isAnother,
  judgeAnswer,
  judgeAnswerOf,
  judgeTypedCode,
} from "@/lib/challenge/judge-typed-code";
import { findHeld } from "@/lib/challenge/pending-store";
import { readClock } from "@/lib/clock";
import { type Database, database } from "@/lib/db/transaction";
import { judgeTypedFactor, usedFactorPart } from "@/lib/factors/judge-factor";
import { log } from "@/lib/log/log";
import { judgeTaken, type TakenAnswer } from "@/lib/passkeys/judge-passkey-answer";
import type { PasskeyRefusal } from "@/lib/passkeys/rules/judge-answer";
import { alsoLockedFor, type CarriedOut, carryOut } from "@/lib/widening/carry-out";
import { heldBy, proveSession } from "@/lib/widening/store";
import { wideningRequestOf } from "@/lib/widening/widening-request";

/** What becomes of a code, or a second factor's answer, typed for a request. `over`: the page explains it. */
export type ConfirmOutcome =
  | { kind: "done"; result: CarriedOut }
  | { kind: "not-a-code" }
  | { kind: "wrong"; attemptsLeft: number }
  | { kind: "blocked"; since: Date; until: Date; reference: string }
  | { kind: "passkey-refused"; because: PasskeyRefusal }
  | { kind: "over" }
  | { kind: "nothing-pending" }
  | { kind: "newer-request" }
  | { kind: "signed-out" };

/**
 * Judges the code of a session's pending request as those of a sign-in are judged, and carries the
 * request out when it is right. It may be typed from another network: it belongs to the session.
 *
 * @param shown which request the page showed; another one means that a newer request replaced it
 * @param passkey what a passkey answered, instead of what is typed
 */
export async function confirmWidening(
  actor: Actor,
  typed: string,
  shown: string | null,
  passkey: TakenAnswer | null = null,
): Promise<ConfirmOutcome> {
  const { session } = actor;
  const waiting = await findHeld(database, heldBy(session.id), readClock());
  const lockedToo = await alsoLockedFor(waiting === null ? undefined : wideningRequestOf(waiting));
  const work = async (tx: Database, now: Date): Promise<ConfirmOutcome> => {
    const pending = await findHeld(tx, heldBy(session.id), now);
    if (pending === null) return { kind: "nothing-pending" };
    if (isAnother(pending, shown)) return { kind: "newer-request" };
    const verdict =
      passkey === null
        ? await judgeTyped(tx, pending, typed, now)
        : await judgePasskey(tx, pending, passkey, now);
    switch (verdict.kind) {
      case "right":
        await proveSession(tx, session.id, pending.asks, now);
        return {
          kind: "done",
          result: await carryOut(tx, actor, wideningRequestOf(pending), now, lockedToo),
        };
      case "now-blocked":
        return { ...verdict, kind: "blocked" };
      case "passkey-refused":
      case "wrong":
      case "blocked":
      case "not-a-code":
        return verdict;
      default:
        return { kind: "over" };
    }
  };
  const outcome = await asCustomer(actor, work, lockedToo);
  log.info(
    { accountId: session.accountId, outcome: outcome.kind },
    "code of a request to widen access judged",
  );
  return outcome;
}

type Pending = NonNullable<Awaited<ReturnType<typeof findHeld>>>;

/** Judges what a passkey answered to a request that asks for a factor; a wrong answer is no guess. */
async function judgePasskey(tx: Database, pending: Pending, taken: TakenAnswer, now: Date) {
  const { asks, accountId } = pending;
  if (asks === "code" || accountId === null) return refusedPasskey("not-asked");
  const { verdict } = judgeAnswerOf(pending, () => true, undefined, now);
  if (verdict.kind !== "right") return verdict;
  const judged = await judgeTaken(tx, taken, accountId, now);
  if (judged.kind === "refused") return refusedPasskey(judged.because);
  return judgeAnswer(tx, pending, () => true, [], now);
}

const refusedPasskey = (because: PasskeyRefusal) => ({ kind: "passkey-refused", because }) as const;

/** Judges what was typed by what the request asks for; the answer of a factor is used up with it. */
async function judgeTyped(tx: Database, pending: Pending, typed: string, now: Date) {
  const { asks, accountId } = pending;
  if (asks === "code" || accountId === null) {
    return judgeTypedCode(tx, pending, { text: typed }, now);
  }
  const answer = await judgeTypedFactor(tx, accountId, typed, now);
  const isRight = answer.kind === "not-an-answer" ? null : () => answer.kind === "right";
  const used = answer.kind === "right" ? [usedFactorPart(accountId, answer.factor, now)] : [];
  return judgeAnswer(tx, pending, isRight, used, now);
}
