import type { Database } from "@/lib/db/transaction";
import type { EnteringFacts } from "@/lib/factors/rules/judge-check-up";

type Found = Omit<EnteringFacts, "now">;

const nothing: Found = { checkedAt: null, oldestAt: null, recoveryCodesLeft: 0, codesMade: false };

/** By what it is judged what somebody is asked and reminded of as they come in. */
export async function findEnteringFacts(database: Database, accountId: string): Promise<Found> {
  const rows = await database.$queryRaw<Found[]>`
    SELECT a.factors_checked_at AS "checkedAt", least(
      (SELECT min(f.confirmed_at) FROM authenticator_app f WHERE f.account_id = a.id),
      (SELECT min(f.created_at) FROM passkey f WHERE f.account_id = a.id AND f.is_second_step)
    ) AS "oldestAt",
    (SELECT count(*)::int FROM recovery_code f WHERE f.account_id = a.id AND f.used_at IS NULL)
      AS "recoveryCodesLeft",
    EXISTS (SELECT 1 FROM recovery_code f WHERE f.account_id = a.id) AS "codesMade"
    FROM account a WHERE a.id = ${accountId}::uuid`;
  return rows[0] ?? nothing;
}

/** Notes that a customer was asked about their factors. */
export async function storeCheckUp(tx: Database, accountId: string, now: Date): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { factorsCheckedAt: now } });
}
