import { lockSubject } from "@/lib/db/locks";
import type { Database } from "@/lib/db/transaction";
import { afterHours } from "@/lib/moments";

/** Notes that a once-a-day mail goes now, under the account's lock; false when one went within a day. */
export async function claimDailyMail(
  tx: Database,
  accountId: string,
  which: "warnedAt" | "toldOfSignUpAt",
  hours: number,
  now: Date,
): Promise<boolean> {
  await lockSubject(tx, accountId);
  const claimed = await tx.account.updateMany({
    where: {
      id: accountId,
      OR: [{ [which]: null }, { [which]: { lte: afterHours(now, -hours) } }],
    },
    data: { [which]: now },
  });
  return claimed.count === 1;
}
