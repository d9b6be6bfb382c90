import type { Database } from "@/lib/db/transaction";

/** Makes the PIN of an account anew: the one by which support knew a caller is worth nothing from now on. */
export async function renewPin(tx: Database, accountId: string): Promise<void> {
  await tx.account.update({
    where: { id: accountId },
    data: { supportPinUses: { increment: 1 } },
  });
}
