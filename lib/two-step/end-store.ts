import type { Database } from "@/lib/db/transaction";
import { afterHours } from "@/lib/moments";
import { FACTORS_END_HOURS } from "@/lib/two-step/rules/limits";
import { endsNot } from "@/lib/two-step/store";

/**
 * Has a factor of an account end; null: one ends already at its time, or its role must have one.
 *
 * @param ending.factorId of an app or a passkey that the account has
 * @param ending.required the roles that must have a factor
 */
export async function storeFactorsEnd(
  tx: Database,
  ending: { accountId: string; factorId: string; required: readonly string[] },
  now: Date,
): Promise<Date | null> {
  const { accountId, factorId: factorsEndOf, required } = ending;
  const factorsEndAt = afterHours(now, FACTORS_END_HOURS);
  const changed = await tx.account.updateMany({
    where: { id: accountId, factorsEndAt: null, role: { notIn: [...required] } },
    data: { factorsEndAt, factorsEndOf },
  });
  return changed.count === 1 ? factorsEndAt : null;
}

/** Lets an account's factors stay; false when none were to end. */
export async function cancelFactorsEnd(tx: Database, accountId: string): Promise<boolean> {
  const changed = await tx.account.updateMany({
    where: { id: accountId, factorsEndAt: { not: null } },
    data: endsNot,
  });
  return changed.count === 1;
}

/** Whether a factor of an account is announced to end, under its lock: until then its changes are frozen. */
export async function isFactorEnding(tx: Database, accountId: string): Promise<boolean> {
  return (await tx.account.count({ where: { id: accountId, factorsEndAt: { not: null } } })) === 1;
}

/** The accounts of which a factor is to end by now, the longest due first. */
export async function findFactorsDue(database: Database, now: Date): Promise<string[]> {
  const due = await database.account.findMany({
    where: { factorsEndAt: { lte: now } },
    orderBy: [{ factorsEndAt: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  return due.map(({ id }) => id);
}

/** An account of which a factor may be due, as its mails need it; null: it is gone. */
export function findEndingAccount(tx: Database, id: string) {
  return tx.account.findUnique({
    where: { id },
    select: {
      ...{ id: true, email: true, locale: true, timeZone: true },
      ...{ factorsEndAt: true, factorsEndOf: true },
    },
  });
}

/**
 * Takes a factor of an account away, with all that was added in the same session: other factors, passkeys
 * that only sign in, recovery codes. False when the account has it no more: then nothing goes.
 */
export async function deleteFactorsWith(
  tx: Database,
  accountId: string,
  id: string,
): Promise<boolean> {
  const one = { where: { id, accountId }, select: { sessionId: true } };
  const first =
    (await tx.authenticatorApp.findFirst(one)) ?? (await tx.passkey.findFirst(one)) ?? null;
  if (first === null) return false;
  const { sessionId } = first;
  const together = sessionId === null ? [] : [{ sessionId }];
  const those = { where: { accountId, OR: [{ id }, ...together] } };
  await tx.authenticatorApp.deleteMany(those);
  await tx.passkey.deleteMany(those);
  if (sessionId !== null) await tx.recoveryCode.deleteMany({ where: { accountId, sessionId } });
  return true;
}
