import type { NotifiedAccount } from "@/lib/account/notify-customer";
import { recordChange } from "@/lib/account/record-change";
import { factorRequired } from "@/lib/account/rules/factor-required";
import { judgeAnswerHere } from "@/lib/challenge/judge-answer-here";
import type { Client } from "@/lib/client/client";
import { ownerPart, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { findFactors } from "@/lib/factors/factors-store";
import { judgeTypedFactor, usedFactorPart } from "@/lib/factors/judge-factor";
import type { FoundPress } from "@/lib/not-me/find-press";
import { factorOf } from "@/lib/not-me/rules/judge-press";
import { changePasskey } from "@/lib/passkeys/passkey-store";
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

/** What whoever presses types to remove the factor that their mail is about at once. */
export type TypedProof = { password: string; answer: string; browserId: string };

/** Why it is not removed; nothing at all was done then. A wrong password or answer costs an attempt. */
export type FactorRefused =
  | { kind: "invalid"; errors: { password?: PasswordFault; code?: AnswerFault } }
  | { kind: "too-many"; until: Date }
  | { kind: "blocked-answers"; until: Date; reference: string };

type PasswordFault = "passwordMissing" | "passwordWrong";
type AnswerFault = "answerMissing" | "answerNone" | "answerWrong";

/** A password that was right, and of when; with it the answer that is judged next. */
type Proven = {
  kind: "proven";
  passwordChangedAt: Date;
  answer: string;
  browserId: string;
};

/** The factor that a mail is about, as its page names it. */
export type ShownFactor = {
  what: "app" | "passkey";
  name: string;
  isFirst: boolean;
  /** Whether it is a second step; a passkey that only signs in goes with the press. */
  isSecondStep: boolean;
  /** Whether there is something else to answer with, so that it can be removed at once. */
  mayRemove: boolean;
};

/** The factor that a link is about, while the account has it. */
export async function findShownFactor(
  database: Database,
  { link: { accountId }, press }: FoundPress,
): Promise<ShownFactor | null> {
  const about = factorOf(press);
  if (about === null) return null;
  const { what, factorId: id, isFirst } = about;
  const found = await findRemovable(database, { what, id, accountId });
  if (found === null) return null;
  const { apps, recoveryCodesLeft } = await findFactors(database, accountId);
  const { name, isFactor: isSecondStep } = found;
  const isRequired = factorRequired(found.role, env().twoStepRequired);
  const isLast = isSecondStep && (await countFactors(database, accountId)) === 1;
  const others =
    !(isRequired && isLast) && (recoveryCodesLeft > 0 || apps.some((app) => app.id !== id));
  return { what, name, isFirst, isSecondStep, mayRemove: isSecondStep && others };
}

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
  await deleteFactor(tx, { what, id });
  await recordChange(tx, { ...common, kind: "factor-removed", about: { what, name } });
}

/** Judges the password that was typed, before anything is locked. */
export async function provePasswordOf(
  { link: { account } }: FoundPress,
  { password, answer, browserId }: TypedProof,
  client: Client,
): Promise<Proven | FactorRefused> {
  const errors = {
    ...(password === "" ? { password: "passwordMissing" as const } : {}),
    ...(answer.trim() === "" ? { code: "answerMissing" as const } : {}),
  };
  if (Object.keys(errors).length > 0) return { kind: "invalid", errors };
  const checked = await checkPassword(account.email, password, client, browserId);
  if (checked.kind === "too-many") return checked;
  if (checked.kind === "wrong" || checked.passwordOff) return wrongPassword;
  return { kind: "proven", passwordChangedAt: checked.passwordChangedAt, answer, browserId };
}

const wrongPassword: FactorRefused = { kind: "invalid", errors: { password: "passwordWrong" } };

/**
 * Removes the factor that a mail is about for whoever has typed the password and answers with another one.
 * Under the lock of the account. Where there is nothing to remove any more, that is as good.
 */
export async function removeFactorOf(
  tx: Database,
  found: FoundPress,
  proof: Proven,
  client: Client,
  now: Date,
): Promise<{ kind: "removed" } | FactorRefused> {
  const { link, press } = found;
  const { accountId, account } = link;
  const about = factorOf(press);
  if (proof.passwordChangedAt.getTime() !== account.passwordChangedAt.getTime()) {
    return wrongPassword;
  }
  const refused = await judgeAnswer(tx, accountId, about?.factorId ?? null, proof, client, now);
  if (refused !== null) return refused;
  if (about === null) return { kind: "removed" };
  const { what, factorId: id } = about;
  const removable = await findRemovable(tx, { what, id, accountId });
  if (removable === null) return { kind: "removed" };
  await deleteFactor(tx, { what, id });
  await forgetProofs(tx, accountId, null);
  if ((await countFactors(tx, accountId)) === 0) await forgetWhatFactorsHad(tx, accountId);
  await endWaitingForFactor(tx, accountId, now);
  await recordChange(tx, {
    kind: "factor-removed",
    notified: { ...account, accountId },
    client,
    now,
    about: { what, name: removable.name },
  });
  return { kind: "removed" };
}

/** Judges the answer and uses a right one up: null. Else why it is not taken. */
async function judgeAnswer(
  tx: Database,
  accountId: string,
  except: string | null,
  { answer, browserId }: Proven,
  client: Client,
  now: Date,
): Promise<FactorRefused | null> {
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
