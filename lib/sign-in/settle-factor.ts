import { judgeAnswerOf } from "@/lib/challenge/judge-typed-code";
import { networkKeyOf } from "@/lib/client/network-key";
import type { Database } from "@/lib/db/transaction";
import { judgeTypedFactor, usedFactorPart } from "@/lib/factors/judge-factor";
import {
  type LetInBy,
  type SettledCode,
  type SignIn,
  settleJudged,
  type TypedForSignIn,
} from "@/lib/sign-in/settle-code";

/**
 * Judges what was typed for the second factor of a sign-in, by the rules that hold for mailed codes, and
 * writes all that it leads to. Under the lock of the account, which the pending sign-in was read under.
 *
 * @returns null when the sign-in has ended meanwhile; then nothing is written
 */
export async function settleFactor(
  tx: Database,
  request: TypedForSignIn,
  pending: SignIn,
  now: Date,
): Promise<SettledCode | null> {
  const { accountId } = pending;
  const answer = await judgeTypedFactor(tx, accountId, request.typed, now);
  const isRight = answer.kind === "not-an-answer" ? null : () => answer.kind === "right";
  const judged = judgeAnswerOf(pending, isRight, networkKeyOf(request.client), now);
  const parts = answer.kind === "right" ? [usedFactorPart(accountId, answer.factor, now)] : [];
  const by: LetInBy = { because: "factor", judgedBecause: "right-factor", parts };
  const held = { database: tx, isLocked: true };
  return settleJudged(held, request, pending, judged, by, now);
}
