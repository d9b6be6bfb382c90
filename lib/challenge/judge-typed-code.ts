import { findAttempts, forgottenPart, triesPart } from "@/lib/challenge/attempts-store";
import { endBlockedPart, noCodeSinceRight, usedParts } from "@/lib/challenge/challenge-store";
import { judgePending } from "@/lib/challenge/judge-pending";
import type { Pending } from "@/lib/challenge/pending-store";
import type { Block, BlockCause } from "@/lib/challenge/rules/code-attempts";
import { judgeCode, type TryVerdict } from "@/lib/challenge/rules/judge-code";
import { isDecoy, isOfAccount } from "@/lib/challenge/rules/purposes";
import { readTypedCode } from "@/lib/challenge/rules/typed-code";
import { attemptsKeyOf, lockOf, subjectOf } from "@/lib/challenge/subject";
import { isTrustedBrowserKey } from "@/lib/client/network-key";
import { lockSubject } from "@/lib/db/locks";
import {
  changedAccountSql,
  type JudgedAccount,
  judgedLockSql,
  oneLockMore,
  ownerPart,
  type Part,
  writeTogether,
} from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { Prisma } from "@/lib/generated/prisma/client";
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

/** A verdict, and how many tries count with this one where it costs one. */
export type JudgedCode = { verdict: TypedCodeVerdict; tries: number };

/**
 * Judges a typed code by what is known of its challenge, for whatever it was asked: who may type it, then
 * whether it is right, and what the try led to. Nobody may be answered before that is written.
 */
export function judgeCodeOf(pending: Pending, typed: TypedCode, now: Date): JudgedCode {
  const digits = readTypedCode(typed.text);
  const isRight = () => digits !== null && isCodeOf(pending, digits) && !isDecoy(pending);
  const answer = digits === null ? null : isRight;
  return judgeAnswerOf(pending, answer, typed.presentNetwork, now);
}

/**
 * Judges an answer to a challenge, whatever it is: one of mailed codes and second factors alike.
 *
 * @param isRight asked where the answer may be given; null: it has the shape of none
 * @param presentNetwork where it was given; left out where the network does not matter
 */
export function judgeAnswerOf(
  pending: Pending,
  isRight: (() => boolean) | null,
  presentNetwork: string | undefined,
  now: Date,
): JudgedCode {
  const { verdict: admission, facts } = judgePending(pending, now, presentNetwork);
  const tries = facts.attempts.wrong + 1;
  if (admission.kind !== "admitted") return { verdict: admission, tries };
  if (isRight === null) return { verdict: { kind: "not-a-code" }, tries };
  const right = isRight();
  const verdict = judgeCode({ now, right, tries }, env());
  if (verdict.kind !== "blocked") return { verdict, tries };
  const block: Block = {
    since: now,
    until: verdict.until,
    reference: newReference(),
    because: wrongCodesIn(pending),
  };
  return { verdict: { kind: "now-blocked", ...block }, tries };
}

function wrongCodesIn({ knownBy }: Pick<Pending, "knownBy">): BlockCause {
  if (knownBy === null) return "wrong-codes";
  return isTrustedBrowserKey(knownBy) ? "wrong-codes-in-trusted-browser" : "wrong-codes-in-browser";
}

/** The parts of a statement that write, for its owner, what a try has cost. */
export function costParts(pending: Pending, { verdict, tries }: JudgedCode, now: Date): Part[] {
  if (verdict.kind === "wrong") return [triesPart(pending, tries, null, now)];
  if (verdict.kind !== "now-blocked") return [];
  const { kind: _, ...block } = verdict;
  return [triesPart(pending, tries, block, now), endBlockedPart(pending, now)];
}

/** An account as it was judged, and what else changes in its row. */
type Judged = { account: JudgedAccount; also: Prisma.Sql[] };

/**
 * The parts of a statement that use a right code up and forget what was counted before it. They have an
 * owner only if the challenge was open, and its account is as it was judged.
 *
 * @param judged null: the subject is locked already
 */
export function rightParts(pending: Pending, judged: Judged | null, now: Date): Part[] {
  const nobody = Prisma.sql`SELECT NULL::uuid AS id`;
  const changes = judged === null ? [] : [oneLockMore, ...judged.also];
  const owner = isOfAccount(pending)
    ? changedAccountSql(pending.accountId, [noCodeSinceRight, ...changes], "used")
    : Prisma.sql`${nobody} FROM used`;
  return [
    ...usedParts(pending.id, judged === null ? nobody : judgedLockSql(judged.account), owner, now),
    forgottenPart(subjectOf(pending), attemptsKeyOf(pending)),
  ];
}

/**
 * Judges a typed code, uses a right one up and counts a wrong one. All in the caller's transaction, which
 * locked what `lockOf` names before it looked the challenge up.
 */
export const judgeTypedCode = (
  tx: Database,
  found: Pending,
  typed: TypedCode,
  now: Date,
): Promise<TypedCodeVerdict> =>
  judgeAndWrite(tx, found, (pending) => judgeCodeOf(pending, typed, now), [], now);

/**
 * The same for an answer that is no mailed code and may be given anywhere, such as that of a second factor.
 *
 * @param isRight null: it has the shape of no answer
 * @param used the parts of a statement that use the answer itself up, for the challenge's owner
 */
export const judgeAnswer = (
  tx: Database,
  found: Pending,
  isRight: (() => boolean) | null,
  used: Part[],
  now: Date,
): Promise<TypedCodeVerdict> =>
  judgeAndWrite(tx, found, (pending) => judgeAnswerOf(pending, isRight, undefined, now), used, now);

async function judgeAndWrite(
  tx: Database,
  found: Pending,
  judge: (pending: Pending) => JudgedCode,
  alsoUsed: Part[],
  now: Date,
): Promise<TypedCodeVerdict> {
  // Held already. Should a caller forget, no two tries are counted at once all the same.
  await lockSubject(tx, lockOf(found));
  const attempts = await findAttempts(tx, subjectOf(found), attemptsKeyOf(found));
  const pending = { ...found, attempts };
  const judged = judge(pending);
  const { verdict } = judged;
  if (verdict.kind === "right") {
    const used = await writeTogether(tx, [...rightParts(pending, null, now), ...alsoUsed]);
    return used ? verdict : { kind: "used" };
  }
  const parts = costParts(pending, judged, now);
  if (parts.length > 0) await writeTogether(tx, [ownerPart(null), ...parts]);
  return verdict;
}

/** Whether the page that a code was typed on showed another challenge: a newer one replaced it. */
export const isAnother = (pending: { id: string }, shown: string | null): boolean =>
  shown !== null && shown !== pending.id;
