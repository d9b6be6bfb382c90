import { caseState } from "@/lib/account/rules/case-states";
import { caseSubject, type FoundCase, findCase } from "@/lib/cases/store";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { type Database, inTransaction } from "@/lib/db/transaction";

/** There is no draft to be changed: given up, lapsed, sent, or its account is gone. */
export type NoDraft = { kind: "no-draft" };

/** Whether a case is a draft that can still be filled in and sent. */
export const isOpenDraft = (found: Pick<FoundCase, "state" | "expiresAt">, now: Date): boolean =>
  caseState(found.state) === "draft" && found.expiresAt > now;

/**
 * Changes a draft under its lock, one change at a time.
 *
 * @param id as this browser's cookie says it
 */
export function changeDraft<T>(
  id: string | null,
  change: (tx: Database, draft: FoundCase, now: Date) => Promise<T>,
): Promise<T | NoDraft> {
  if (id === null) return Promise.resolve({ kind: "no-draft" });
  return inTransaction(async (tx) => {
    await lockSubject(tx, caseSubject(id));
    const now = readClock();
    const draft = await findCase(tx, id);
    if (draft === null || !isOpenDraft(draft, now)) return { kind: "no-draft" };
    return change(tx, draft, now);
  });
}
