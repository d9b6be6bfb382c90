import type { Database } from "@/lib/db/transaction";

/** Stores the number support calls back; null takes it away. False when it was the same before. */
export async function storePhone(
  tx: Database,
  accountId: string,
  phone: string | null,
  now: Date,
): Promise<boolean> {
  const changed = await tx.account.updateMany({
    where: {
      id: accountId,
      OR:
        phone === null ? [{ phone: { not: null } }] : [{ phone: null }, { phone: { not: phone } }],
    },
    data: { phone, phoneChangedAt: now },
  });
  return changed.count === 1;
}
