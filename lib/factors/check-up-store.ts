import type { Database } from "@/lib/db/transaction";

/** By what it is judged whether a customer is asked about their factors. */
export async function findCheckUpFacts(database: Database, accountId: string) {
  const rows = await database.$queryRaw<{ checkedAt: Date | null; oldestAt: Date | null }[]>`
    SELECT a.factors_checked_at AS "checkedAt", least(
      (SELECT min(f.confirmed_at) FROM authenticator_app f WHERE f.account_id = a.id),
      (SELECT min(f.created_at) FROM passkey f WHERE f.account_id = a.id AND f.is_second_step)
    ) AS "oldestAt" FROM account a WHERE a.id = ${accountId}::uuid`;
  return rows[0] ?? { checkedAt: null, oldestAt: null };
}

/** Notes that a customer was asked about their factors. */
export async function storeCheckUp(tx: Database, accountId: string, now: Date): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { factorsCheckedAt: now } });
}
