import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import { factorRequired } from "@/lib/account/rules/factor-required";
import { judgeAnswerHere } from "@/lib/challenge/judge-answer-here";
import { ownerPart, writeTogether } from "@/lib/db/together";
import { type Database, database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { judgeTypedFactor, usedFactorPart } from "@/lib/factors/judge-factor";
import { judgeTaken, type TakenAnswer } from "@/lib/passkeys/judge-passkey-answer";
import type { PasskeyRefusal } from "@/lib/passkeys/rules/judge-answer";
import { provePassword } from "@/lib/password/prove-password";
import { isFactorEnding } from "@/lib/two-step/end-store";
import { countFactors } from "@/lib/two-step/page-store";
import { judgeRemoval, type RemovalVerdict } from "@/lib/two-step/rules/judge-removal";
import {
  deleteFactor,
  endWaitingForFactor,
  findRemovable,
  forgetProofs,
  forgetWhatFactorsHad,
} from "@/lib/two-step/store";
import { isId } from "@/lib/typed/is-id";

/** An app or a passkey, as a form names it. */
export type Removable = { what: "app" | "passkey"; id: string };

/** Whose answer comes with it: what was typed, or what a passkey said. */
type Answer = { answer: string; passkey?: TakenAnswer | null };

/** What becomes of the request. `password-wrong` and `wrong` cost an attempt, each of its own kind. */
export type RemoveOutcome =
  | { kind: "removed"; name: string; wasLast: boolean }
  | { kind: "password-missing" | "password-wrong" | "answer-missing" | "not-an-answer" }
  | { kind: "too-many"; until: Date }
  | { kind: "wrong"; attemptsLeft: number }
  /** `itself`: the passkey that is being removed, where another one is asked for. */
  | { kind: "passkey-refused"; because: PasskeyRefusal | "itself" }
  | { kind: "blocked"; until: Date; reference: string }
  /** The account must have a factor, and this is its last. */
  | { kind: "last-required" }
  /** A factor is announced to end: until that is settled, nothing is changed. */
  | { kind: "frozen" }
  /** This account has none of that id, or not any more. */
  | { kind: "unknown" | "signed-out" };

/**
 * Takes an app or a passkey away, for whoever knows the password and answers with another factor; with any,
 * where it is the last one and none is required. What was waiting for a factor ends with it.
 *
 * @param asked.answer a code of an app or a recovery code, as it was typed
 * @param asked.passkey what a passkey answered, instead of that
 */
export async function removeFactor(
  actor: Actor,
  asked: Removable & Answer & { password: string },
): Promise<RemoveOutcome> {
  const proof = await provePassword(actor, asked.password);
  if (proof.kind === "too-many") return proof;
  if (proof.kind !== "right") return { kind: `password-${proof.kind}` };
  const { accountId } = actor.session;
  return asCustomer(actor, async (tx, now): Promise<RemoveOutcome> => {
    if (await isFactorEnding(tx, accountId)) return { kind: "frozen" };
    const found = await findOne(tx, accountId, asked);
    if (found === null) return { kind: "unknown" };
    const { verdict } = found;
    if (verdict.kind === "last-required") return verdict;
    if (verdict.kind !== "password-alone") {
      const refused = await judgeOwnAnswer(tx, actor, asked, verdict, now);
      if (refused !== null) return refused;
    }
    return remove(tx, actor, { ...asked, ...found }, now);
  });
}

/** What the page of a removal shows; null: the account has none of that id. */
export const readRemoval = (
  session: Actor["session"],
  asked: Removable,
): Promise<{ name: string; verdict: RemovalVerdict } | null> =>
  findOne(database, session.accountId, asked);

type Found = { name: string; isFactor: boolean; verdict: RemovalVerdict };

async function findOne(
  tx: Database,
  accountId: string,
  { what, id }: Removable,
): Promise<Found | null> {
  const found = isId(id) ? await findRemovable(tx, { what, id, accountId }) : null;
  if (found === null) return null;
  const { role, isFactor } = found;
  const others = (await countFactors(tx, accountId)) - (isFactor ? 1 : 0);
  const isRequired = factorRequired(role, env().twoStepRequired);
  return { ...found, verdict: judgeRemoval({ isFactor, others, isRequired }) };
}

/** Judges the answer that a removal needs, and uses a right one up: null. Else why it is not taken. */
async function judgeOwnAnswer(
  tx: Database,
  actor: Actor,
  { id, answer, passkey }: Answer & { id: string },
  verdict: RemovalVerdict,
  now: Date,
): Promise<RemoveOutcome | null> {
  const { accountId } = actor.session;
  const except = verdict.kind === "answer-of-another" ? id : null;
  if (passkey) return judgePasskey(tx, accountId, passkey, except, now);
  if (answer.trim() === "") return { kind: "answer-missing" };
  const judged = await judgeTypedFactor(
    tx,
    accountId,
    answer,
    now,
    except === null ? [] : [except],
  );
  if (judged.kind === "not-an-answer") return judged;
  const counted = { ...actor, accountId };
  const outcome = await judgeAnswerHere(tx, counted, () => judged.kind === "right", now);
  if (outcome.kind === "blocked") {
    const { until, reference } = outcome;
    return { kind: "blocked", until, reference };
  }
  if (outcome.kind === "wrong") return outcome;
  if (judged.kind === "right") {
    await writeTogether(tx, [ownerPart(accountId), usedFactorPart(accountId, judged.factor, now)]);
  }
  return null;
}

/** A right one is noted with its counter, whatever becomes of the removal; a wrong one is no guess. */
async function judgePasskey(
  tx: Database,
  accountId: string,
  taken: TakenAnswer,
  except: string | null,
  now: Date,
): Promise<RemoveOutcome | null> {
  const judged = await judgeTaken(tx, taken, accountId, now);
  if (judged.kind === "refused") return { kind: "passkey-refused", because: judged.because };
  return judged.passkeyId === except ? { kind: "passkey-refused", because: "itself" } : null;
}

async function remove(
  tx: Database,
  actor: Actor,
  { what, id, name, isFactor }: Removable & Found,
  now: Date,
): Promise<RemoveOutcome> {
  const { accountId } = actor.session;
  await deleteFactor(tx, { what, id, accountId });
  const wasLast = isFactor && (await countFactors(tx, accountId)) === 0;
  if (wasLast) await forgetWhatFactorsHad(tx, accountId);
  if (isFactor) {
    await endWaitingForFactor(tx, accountId, now);
    await forgetProofs(tx, accountId, actor.session.id);
  }
  const about = { what, name };
  await recordOwnChange(tx, actor, { kind: "factor-removed", now, about });
  return { kind: "removed", name, wasLast };
}
