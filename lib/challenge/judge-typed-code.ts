import { countTry, forgetAttempts, storeBlock } from "@/lib/challenge/attempts-store";
import {
  consumeChallenge,
  type Pending,
  resetCodesSinceRight,
} from "@/lib/challenge/challenge-store";
import { judgePending } from "@/lib/challenge/judge-pending";
import type { Block } from "@/lib/challenge/rules/code-attempts";
import { judgeCode, type TryVerdict } from "@/lib/challenge/rules/judge-code";
import { isDecoy, isOfAccount } from "@/lib/challenge/rules/purposes";
import { readTypedCode } from "@/lib/challenge/rules/typed-code";
import { lockOf, subjectOf } from "@/lib/challenge/subject";
import { lockSubject } from "@/lib/db/locks";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { isCodeOf } from "@/lib/secrets/code";
import { newReference } from "@/lib/secrets/reference";

/** What becomes of a typed code. Only `wrong` and `now-blocked` cost an attempt. */
export type TypedCodeVerdict =
  /** Used up, and its counts forgotten: what it was asked for is the caller's to do. */
  | { kind: "right" }
  | { kind: "wrong"; attemptsLeft: number }
  /** The last wrong one; `blocked` is a block that holds already. */
  | ({ kind: "now-blocked" } & Block)
  | { kind: "not-a-code" }
  | Exclude<TryVerdict, { kind: "admitted" }>;

/** A code as it was typed. */
export type TypedCode = {
  text: string;
  /** Where it was typed; left out where the network does not matter. */
  presentNetwork?: string;
};

/**
 * Judges a typed code, for whatever it was asked: who may type it, then counts the try, compares, and
 * uses a right one up or blocks after the last wrong one. All in the caller's transaction, which locked
 * what `lockOf` names before it looked the challenge up.
 */
export async function judgeTypedCode(
  tx: Database,
  pending: Pending,
  typed: TypedCode,
  now: Date,
): Promise<TypedCodeVerdict> {
  // Held already. Should a caller forget, no two tries are counted at once all the same.
  await lockSubject(tx, lockOf(pending));
  const { verdict: admission } = await judgePending(tx, pending, now, typed.presentNetwork);
  if (admission.kind !== "admitted") return admission;
  const digits = readTypedCode(typed.text);
  if (digits === null) return { kind: "not-a-code" };
  const subject = subjectOf(pending);
  const tries = await countTry(tx, subject, pending.network, now);
  if (tries === null) throw new Error("A block appeared under the lock of its subject.");
  const right = isCodeOf(pending, digits) && !isDecoy(pending);
  const verdict = judgeCode({ now, right, tries }, env());
  switch (verdict.kind) {
    case "wrong":
      return verdict;
    case "blocked": {
      const { until } = verdict;
      const reference = newReference();
      const block: Block = { since: now, until, reference, because: "wrong-codes" };
      await storeBlock(tx, pending, block);
      return { kind: "now-blocked", ...block };
    }
    case "right":
      if (!(await consumeChallenge(tx, pending.id, now))) return { kind: "used" };
      await forgetAttempts(tx, subject, pending.network);
      if (isOfAccount(pending)) await resetCodesSinceRight(tx, pending.accountId);
      return verdict;
  }
}

/** Whether the page that a code was typed on showed another challenge: a newer one replaced it. */
export const isAnother = (pending: { id: string }, shown: string | null): boolean =>
  shown !== null && shown !== pending.id;
