import { findOtherLiveCases } from "@/lib/cases/change/carry-out-store";
import { notifyApplicant } from "@/lib/cases/notify-of-case";
import type { Lost } from "@/lib/cases/rules/lost";
import { caseSubject, changeCase, findCase } from "@/lib/cases/store";
import { lockSubject } from "@/lib/db/locks";
import type { Database } from "@/lib/db/transaction";

/**
 * Ends the other cases of an account that one which is carried out leaves nothing to, in the caller's
 * transaction and under the lock of the account.
 *
 * @param by.lost only those about the same; left out: all
 */
export async function supersedeOthers(
  tx: Database,
  by: { id: string; accountId: string; lost?: Lost },
  now: Date,
): Promise<void> {
  const { id: except, accountId, lost } = by;
  for (const other of await findOtherLiveCases(tx, { accountId, except, lost })) {
    await lockSubject(tx, caseSubject(other));
    const present = await findCase(tx, other);
    if (present === null) continue;
    const ended = await changeCase(tx, present, { state: "superseded", endedAt: now });
    await notifyApplicant(tx, "case-stopped", ended, { now });
  }
}
