import { allBut, shutOut } from "@/lib/access/shut-out";
import { recordChange } from "@/lib/account/record-change";
import { factorRequired } from "@/lib/account/rules/factor-required";
import { nobody } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { afterHours } from "@/lib/moments";
import {
  cancelFactorsEnd,
  deleteAllThereAt,
  deleteFactorsWith,
  findEndingAccount,
  findFactorsDue,
} from "@/lib/two-step/end-store";
import { countFactors } from "@/lib/two-step/page-store";
import { FACTORS_END_HOURS } from "@/lib/two-step/rules/limits";
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
  const { factorsEndOf, role } = account;
  await cancelFactorsEnd(tx, accountId);
  // Whoever must have one by now keeps it: they would be left with none that they may do without.
  if (factorRequired(role, env().twoStepRequired)) return "no-longer";
  // What is not what was objected to stays, such as one that was added since.
  const has =
    factorsEndOf === null
      ? await deleteAllThereAt(tx, accountId, afterHours(endAt, -FACTORS_END_HOURS))
      : await deleteFactorsWith(tx, accountId, factorsEndOf);
  if (!has) return "no-longer";
  // Whoever was in by it is out with it.
  const keep = { ways: allBut("sessions", "trustedBrowsers", "pendingCodes") };
  await shutOut(tx, accountId, { because: "factors-ended", keep, now });
  if ((await countFactors(tx, accountId)) === 0) await forgetWhatFactorsHad(tx, accountId);
  const notified = { ...account, accountId };
  await recordChange(tx, { kind: "factors-ended", notified, client: nobody, now });
  return "ended";
}
