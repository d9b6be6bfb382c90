import { readClock } from "@/lib/clock";
import { checkUpPath } from "@/lib/cookies/local-path";
import { isDatabaseDown } from "@/lib/db/database-down";
import { database } from "@/lib/db/transaction";
import { findEnteringFacts } from "@/lib/factors/check-up-store";
import { judgeEntering } from "@/lib/factors/rules/judge-check-up";

/** Where somebody goes as they come in, and what they are reminded of there. */
export type Entering = {
  path: string;
  /** How many recovery codes are left, where that is few; null: there is nothing to say. */
  fewCodesLeft: number | null;
};

/**
 * What somebody with a second factor is led to and reminded of as they come in, whichever way that was. Where
 * it is time for it, they are first asked whether their factors still work; either answer leads on to `path`.
 * The session has begun: with the database away they go on unasked.
 *
 * @param path where they were going
 */
export async function enterWithFactor(accountId: string, path: string): Promise<Entering> {
  try {
    const facts = await findEnteringFacts(database, accountId);
    const { isCheckUpDue, fewCodesLeft } = judgeEntering({ ...facts, now: readClock() });
    return { path: isCheckUpDue ? checkUpPath(path) : path, fewCodesLeft };
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    return { path, fewCodesLeft: null };
  }
}
