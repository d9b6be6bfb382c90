import { ownerPart, type Part, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import {
  type Factors,
  findFactors,
  isRecoveryCode,
  usedRecoveryCodePart,
  usedStepPart,
} from "@/lib/factors/factors-store";
import { readTypedFactor } from "@/lib/factors/rules/typed-factor";
import { judgeAppCode, openAppKey, resealAppKey } from "@/lib/factors/totp";

/** A factor whose answer was right, and which is used up with it. */
export type RightFactor =
  | {
      kind: "app";
      appId: string;
      step: number;
      /** Its key sealed anew, where an older AUTH_SECRET had sealed it; else null. */
      resealed: Uint8Array<ArrayBuffer> | null;
    }
  | { kind: "recovery"; code: string; left: number };

/** What becomes of an answer that was typed. */
export type FactorVerdict =
  | { kind: "right"; factor: RightFactor }
  | { kind: "wrong" }
  /** It has the shape of no answer: a form error, which costs nothing. */
  | { kind: "not-an-answer" };

/**
 * Judges what was typed for a second factor of an account: a code of any of its apps, or a recovery code.
 * Changes nothing; call it under the account's lock, and use what is right up in the same transaction.
 *
 * @param except apps that do not count, such as the one that is being removed
 */
export async function judgeTypedFactor(
  tx: Database,
  accountId: string,
  typed: string,
  now: Date,
  except: readonly string[] = [],
): Promise<FactorVerdict> {
  const answer = readTypedFactor(typed);
  if (answer === null) return { kind: "not-an-answer" };
  const factors = await findFactors(tx, accountId);
  if (answer.kind === "app") return judgeApps(factors, answer.digits, now, except);
  const { code } = answer;
  if (!(await isRecoveryCode(tx, accountId, code))) return { kind: "wrong" };
  const left = factors.recoveryCodesLeft - 1;
  return { kind: "right", factor: { kind: "recovery", code, left } };
}

function judgeApps(
  { apps }: Factors,
  digits: string,
  now: Date,
  except: readonly string[],
): FactorVerdict {
  for (const { id: appId, sealedKey, lastStep } of apps) {
    const key = except.includes(appId) ? null : openAppKey(appId, sealedKey);
    if (key === null) continue;
    const judged = judgeAppCode({ key, lastStep }, digits, now);
    if (judged.kind === "right") {
      const resealed = resealAppKey(appId, sealedKey);
      return { kind: "right", factor: { kind: "app", appId, step: judged.step, resealed } };
    }
  }
  return { kind: "wrong" };
}

/** The part of a statement that uses a factor's answer up, for its owner. */
export const usedFactorPart = (accountId: string, factor: RightFactor, now: Date): Part =>
  factor.kind === "app"
    ? usedStepPart(factor, now)
    : usedRecoveryCodePart(accountId, factor.code, now);

/** Uses a factor's answer up, under the account's lock that it was judged under. */
export async function useFactor(
  tx: Database,
  accountId: string,
  factor: RightFactor,
  now: Date,
): Promise<void> {
  await writeTogether(tx, [ownerPart(accountId), usedFactorPart(accountId, factor, now)]);
}
