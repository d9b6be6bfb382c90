import type { CaseKey } from "@/lib/cases/change/carry-out-store";
import { caseSubject, type FoundCase, findCase } from "@/lib/cases/store";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { type Database, inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";

/**
 * Moves a case on whose time has come, in a transaction of its own, under the locks of account and
 * case. Never throws: one case that fails is tried again with the next run, and holds up no other.
 *
 * @param step what is done with the case as it is by then; says what became of it
 */
export async function moveCase(
  { id: caseId, accountId, newEmail = null }: CaseKey,
  step: (tx: Database, found: FoundCase, now: Date) => Promise<string>,
): Promise<void> {
  try {
    const moved = await inTransaction(async (tx) => {
      // Nobody signs up with the address, or changes to it, in this moment.
      if (newEmail !== null) await lockSubject(tx, subjects.signUp(newEmail));
      if (accountId !== null) await lockSubject(tx, accountId);
      await lockSubject(tx, caseSubject(caseId));
      const found = await findCase(tx, caseId);
      return found === null ? "no-longer" : step(tx, found, readClock());
    });
    log.info({ caseId, moved }, "The time of a case had come.");
  } catch (error) {
    log.warn({ caseId, error }, "A case could not be moved on and is tried again.");
  }
}
