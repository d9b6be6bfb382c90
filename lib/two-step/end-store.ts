import type { Database } from "@/lib/db/transaction";
import { afterHours } from "@/lib/moments";
import { FACTORS_END_HOURS } from "@/lib/two-step/rules/limits";

/**
 * Has an account's factors end; null: they end already at their time, or its role must have one.
 *
 * @param required the roles that must have a factor
 */
export async function storeFactorsEnd(
  tx: Database,
  accountId: string,
  required: readonly string[],
  now: Date,
): Promise<Date | null> {
  const factorsEndAt = afterHours(now, FACTORS_END_HOURS);
  const changed = await tx.account.updateMany({
    where: { id: accountId, factorsEndAt: null, role: { notIn: [...required] } },
    data: { factorsEndAt },
  });
  return changed.count === 1 ? factorsEndAt : null;
}

/** Lets an account's factors stay; false when none were to end. */
export async function cancelFactorsEnd(tx: Database, accountId: string): Promise<boolean> {
  const changed = await tx.account.updateMany({
    where: { id: accountId, factorsEndAt: { not: null } },
    data: { factorsEndAt: null },
  });
  return changed.count === 1;
}

/** The accounts whose factors are to end by now, the longest due first. */
export async function findFactorsDue(database: Database, now: Date): Promise<string[]> {
  const due = await database.account.findMany({
    where: { factorsEndAt: { lte: now } },
    orderBy: [{ factorsEndAt: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  return due.map(({ id }) => id);
}

/** An account whose factors may be due, as its mails need it; null: it is gone. */
export function findEndingAccount(tx: Database, id: string) {
  return tx.account.findUnique({
    where: { id },
    select: { id: true, email: true, locale: true, timeZone: true, factorsEndAt: true },
  });
}

/** Whether an account has a factor that was there at a moment. */
export async function hadFactorAt(tx: Database, accountId: string, at: Date): Promise<boolean> {
  const [apps, passkeys] = [
    await tx.authenticatorApp.count({ where: { accountId, confirmedAt: { lte: at } } }),
    await tx.passkey.count({ where: { accountId, isSecondStep: true, createdAt: { lte: at } } }),
  ];
  return apps + passkeys > 0;
}
