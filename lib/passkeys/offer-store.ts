import type { Database } from "@/lib/db/transaction";
import { afterDays } from "@/lib/moments";
import { OFFER_DAYS } from "@/lib/passkeys/rules/limits";

/** Takes the one offer of thirty days for an account; false where it was made already. */
export async function claimOffer(database: Database, id: string, now: Date): Promise<boolean> {
  const before = afterDays(now, -OFFER_DAYS);
  const isDue = [{ passkeyOfferedAt: null }, { passkeyOfferedAt: { lte: before } }];
  const filter = { id, OR: isDue };
  const data = { passkeyOfferedAt: now };
  return (await database.account.updateMany({ where: filter, data })).count === 1;
}
