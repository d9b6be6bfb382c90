import type { NotifiedAccount } from "@/lib/account/notify-customer";
import { recordChange } from "@/lib/account/record-change";
import { judgeAnswerHere } from "@/lib/challenge/judge-answer-here";
import type { Client } from "@/lib/client/client";
import { ownerPart, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { judgeTypedFactor, usedFactorPart } from "@/lib/factors/judge-factor";
import { findAboutFactors } from "@/lib/not-me/about-factors";
import type { FoundPress } from "@/lib/not-me/find-press";
import { judgeTaken, type TakenAnswer } from "@/lib/passkeys/judge-passkey-answer";
import { changePasskey } from "@/lib/passkeys/passkey-store";
import type { PasskeyRefusal } from "@/lib/passkeys/rules/judge-answer";
import { checkPassword } from "@/lib/password/check-password";
import { countFactors } from "@/lib/two-step/page-store";
import { nameConsents } from "@/lib/two-step/rules/judge-consents";
import {
  deleteFactor,
  endWaitingForFactor,
  findRemovable,
  forgetProofs,
  forgetWhatFactorsHad,
} from "@/lib/two-step/store";

/** What whoever presses proves, to remove the factors that their mail is about at once. */
export type TypedProof = {
  password: string;
  answer: string;
  /** What a passkey answered, instead of what is typed. */
  passkey?: TakenAnswer | null;
  browserId: string;
};

/** Why they are not removed; nothing at all was done then. A wrong password or code costs an attempt. */
export type FactorRefused =
  | { kind: "invalid"; errors: { password?: PasswordFault; code?: AnswerFault } }
  | { kind: "too-many"; until: Date }
  | { kind: "blocked-answers"; until: Date; reference: string }
  /** `itself`: a passkey that is to be removed, where another one is asked for. */
  | { kind: "passkey-refused"; because: PasskeyRefusal | "itself" };

type PasswordFault = "passwordMissing" | "passwordWrong";
type AnswerFault = "answerMissing" | "answerNone" | "answerWrong";

/** A password that was right, and of when; with it the answer that is judged next. */
type Proven = Omit<TypedProof, "password"> & { kind: "proven"; passwordChangedAt: Date };

/**
 * Has a passkey let nobody in instead of the password any more, and notifies of it. One that only signs in
 * goes: unlike a second step it keeps nobody out. In the caller's transaction and under the lock of the account.
 */
export async function disarmPasskey(
  tx: Database,
  notified: NotifiedAccount,
  { what, factorId: id }: { what: "app" | "passkey"; factorId: string },
  client: Client,
  now: Date,
): Promise<void> {
  const { accountId } = notified;
  const found = await findRemovable(tx, { what, id, accountId });
  if (found === null || what !== "passkey") return;
  const { name, isFactor, signsIn } = found;
  // As a second step alone it stays what it is.
  if (isFactor && !signsIn) return;
  const common = { notified, client, now };
  if (isFactor) {
    await changePasskey(tx, { id, accountId }, { signsIn: false });
    const about = { what, name, may: nameConsents({ signsIn: false, isSecondStep: true }) };
    await recordChange(tx, { ...common, kind: "passkey-changed", about });
    return;
  }
  await deleteFactor(tx, { what, id, accountId });
  await recordChange(tx, { ...common, kind: "factor-removed", about: { what, name } });
}

/** Judges the password that was typed, before anything is locked. */
export async function provePasswordOf(
  { link: { account } }: FoundPress,
  { password, answer, passkey = null, browserId }: TypedProof,
  client: Client,
): Promise<Proven | FactorRefused> {
  const isAnswered = passkey !== null || answer.trim() !== "";
  const errors = {
    ...(password === "" ? { password: "passwordMissing" as const } : {}),
    ...(isAnswered ? {} : { code: "answerMissing" as const }),
  };
  if (Object.keys(errors).length > 0) return { kind: "invalid", errors };
  const checked = await checkPassword(account.email, password, client, browserId);
  if (checked.kind === "too-many") return checked;
  if (checked.kind === "wrong" || checked.passwordOff) return wrongPassword;
  const { passwordChangedAt } = checked;
  return { kind: "proven", passwordChangedAt, answer, passkey, browserId };
}

const wrongPassword: FactorRefused = { kind: "invalid", errors: { password: "passwordWrong" } };

/**
 * Removes the factors that a mail is about for whoever has typed the password and answers with another one.
 * Under the lock of the account. Where there is nothing to remove any more, no answer is looked at.
 */
export async function removeFactorsOf(
  tx: Database,
  found: FoundPress,
  proof: Proven,
  client: Client,
  now: Date,
): Promise<{ kind: "removed" } | { kind: "nothing" } | FactorRefused> {
  const { accountId, account } = found.link;
  if (proof.passwordChangedAt.getTime() !== account.passwordChangedAt.getTime()) {
    return wrongPassword;
  }
  const about = await findAboutFactors(tx, found);
  if (about === null || !about.mayRemove) return { kind: "nothing" };
  const except = about.steps.map(({ factorId }) => factorId);
  const refused = await judgeAnswer(tx, { accountId, except, client }, proof, now);
  if (refused !== null) return refused;
  for (const { what, factorId: id, name } of about.steps) {
    await deleteFactor(tx, { what, id, accountId });
    const notified = { ...account, accountId };
    await recordChange(tx, {
      ...{ kind: "factor-removed", notified, client, now },
      about: { what, name },
    });
  }
  await forgetProofs(tx, accountId, null);
  if ((await countFactors(tx, accountId)) === 0) await forgetWhatFactorsHad(tx, accountId);
  await endWaitingForFactor(tx, accountId, now);
  return { kind: "removed" };
}

/** Judges the answer and uses a right one up: null. Else why it is not taken. */
async function judgeAnswer(
  tx: Database,
  asked: { accountId: string; except: readonly string[]; client: Client },
  { answer, passkey = null, browserId }: Proven,
  now: Date,
): Promise<FactorRefused | null> {
  const { accountId, except, client } = asked;
  if (passkey !== null) {
    // Of a signature nothing can be guessed, so that it costs no attempt.
    const signed = await judgeTaken(tx, passkey, accountId, now);
    if (signed.kind === "refused") return { kind: "passkey-refused", because: signed.because };
    return except.includes(signed.passkeyId)
      ? { kind: "passkey-refused", because: "itself" }
      : null;
  }
  const judged = await judgeTypedFactor(tx, accountId, answer, now, except);
  if (judged.kind === "not-an-answer") return { kind: "invalid", errors: { code: "answerNone" } };
  const isRight = () => judged.kind === "right";
  const outcome = await judgeAnswerHere(tx, { accountId, client, browserId }, isRight, now);
  if (outcome.kind === "blocked") {
    const { until, reference } = outcome;
    return { kind: "blocked-answers", until, reference };
  }
  if (judged.kind !== "right") return { kind: "invalid", errors: { code: "answerWrong" } };
  await writeTogether(tx, [ownerPart(accountId), usedFactorPart(accountId, judged.factor, now)]);
  return null;
}
