import { caseState, liveStates } from "@/lib/account/rules/case-states";
import { notifyApplicant } from "@/lib/cases/notify-of-case";
import {
  caseSubject,
  detachCase,
  type FoundCase,
  findCasesOf,
  forgetCaseTraces,
} from "@/lib/cases/store";
import { lockSubject } from "@/lib/db/locks";
import type { Database } from "@/lib/db/transaction";

/**
 * Ends the live cases of an account that is about to be erased, and notifies who sent them. A row
 * without anything that names anybody stays of each, so that its status page can say what happened;
 * drafts and cases that are over go with the account. Under the lock of the account.
 */
export async function stopCasesOf(tx: Database, accountId: string, now: Date): Promise<void> {
  const live: readonly string[] = liveStates;
  for (const found of await findCasesOf(tx, accountId)) {
    await lockSubject(tx, caseSubject(found.id));
    await forgetCaseTraces(tx, found);
    if (!live.includes(caseState(found.state))) continue;
    await notifyApplicant(tx, "case-stopped", found, { now });
    await detachCase(tx, found.id, now);
  }
}

/** Whether a case belonged to an account that was erased: nothing else leaves no address. */
export const hasLostAccount = (found: Pick<FoundCase, "accountEmail">): boolean =>
  found.accountEmail === "";
