import { allBut, shutOut } from "@/lib/access/shut-out";
import { recordChange } from "@/lib/account/record-change";
import { nobody } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import {
  cancelFactorsEnd,
  deleteFactorsWith,
  findEndingAccount,
  findFactorsDue,
} from "@/lib/two-step/end-store";
import { countFactors } from "@/lib/two-step/page-store";
import { forgetWhatFactorsHad } from "@/lib/two-step/store";

/** What becomes of an account that was due. `no-longer`: they were kept, or went otherwise. */
type Ended = "ended" | "no-longer";

/**
 * Takes the very first factor of every account away whose day of notice is over and that nobody kept, one
 * transaction each. Safe to run several times at once.
 */
export async function endDueFactors(): Promise<void> {
  for (const accountId of await findFactorsDue(database, readClock())) {
    try {
      const ended = await inTransaction(async (tx) => {
        await lockSubject(tx, accountId);
        return endOne(tx, accountId, readClock());
      });
      log.info({ accountId, ended }, "the day of notice of an account's factors was over");
    } catch (error) {
      log.warn(
        { accountId, error },
        "An account's factors could not be ended and are tried again.",
      );
    }
  }
}

async function endOne(tx: Database, accountId: string, now: Date): Promise<Ended> {
  const account = await findEndingAccount(tx, accountId);
  const endAt = account?.factorsEndAt ?? null;
  if (account === null || endAt === null || endAt > now) return "no-longer";
  const id = account.factorsEndOf;
  await cancelFactorsEnd(tx, accountId);
  // What is not what was objected to stays, such as one that was added since.
  if (id === null || !(await deleteFactorsWith(tx, accountId, id))) return "no-longer";
  // Whoever was in by it is out with it.
  const keep = { ways: allBut("sessions", "trustedBrowsers", "pendingCodes") };
  await shutOut(tx, accountId, { because: "factors-ended", keep, now });
  if ((await countFactors(tx, accountId)) === 0) await forgetWhatFactorsHad(tx, accountId);
  const notified = { ...account, accountId };
  await recordChange(tx, { kind: "factors-ended", notified, client: nobody, now });
  return "ended";
}
