import { caseState, isLive } from "@/lib/account/rules/case-states";
import { caseSubject, changeCase, type FoundCase, findCase, findCasesOf } from "@/lib/cases/store";
import { lockSubject } from "@/lib/db/locks";
import type { Database } from "@/lib/db/transaction";

/**
 * Gives a live case back to the staff, in the caller's transaction and under its lock: agreements given
 * before count no more, and no time runs.
 */
export async function reviewAnew(tx: Database, found: FoundCase): Promise<void> {
  await changeCase(tx, found, {
    state: found.state === "needs-more" ? found.state : "open",
    round: { increment: 1 },
    approvedAt: null,
    remindAt: null,
    remindedAt: null,
    coolsUntil: null,
  });
}

/** Gives every live case of an account back to the staff, under the lock of the account. */
export async function reviewCasesAnew(tx: Database, accountId: string): Promise<void> {
  const live = (one: FoundCase) => isLive(caseState(one.state));
  for (const { id } of (await findCasesOf(tx, accountId)).filter(live)) {
    await lockSubject(tx, caseSubject(id));
    const found = await findCase(tx, id);
    if (found !== null && live(found)) await reviewAnew(tx, found);
  }
}
