import { readClock } from "@/lib/clock";
import { CHECK_UP_PATH } from "@/lib/cookies/local-path";
import { isDatabaseDown } from "@/lib/db/database-down";
import { database } from "@/lib/db/transaction";
import { findCheckUpFacts } from "@/lib/factors/check-up-store";
import { isCheckUpDue } from "@/lib/factors/rules/judge-check-up";

/**
 * Where a sign-in by a factor leads: to the question whether the factors still work, where it is time for
 * it, and from there on. It stands in nobody's way: with the database away nothing is asked.
 *
 * @param path where the customer was going
 */
export async function pathAfterFactor(accountId: string, path: string): Promise<string> {
  try {
    const facts = await findCheckUpFacts(database, accountId);
    if (!isCheckUpDue({ ...facts, now: readClock() })) return path;
    return `${CHECK_UP_PATH}?callbackUrl=${encodeURIComponent(path)}`;
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    return path;
  }
}
