import { findSentCase } from "@/lib/cases/request/status-page";
import { caseSubject, type FoundCase } from "@/lib/cases/store";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database, inTransaction } from "@/lib/db/transaction";

/** Nothing that we have made leads there, or its case is gone. */
export type Dead = { kind: "dead" };

/** Changes the sent case a token leads to, under the locks of its account and of itself. */
export async function changeSentCase<T>(
  token: string | null,
  change: (tx: Database, found: FoundCase, now: Date) => Promise<T>,
): Promise<T | Dead> {
  const first = await findSentCase(database, token);
  if (first === null) return { kind: "dead" };
  return inTransaction(async (tx) => {
    if (first.accountId !== null) await lockSubject(tx, first.accountId);
    await lockSubject(tx, caseSubject(first.id));
    const found = await findSentCase(tx, token);
    return found === null ? { kind: "dead" } : change(tx, found, readClock());
  });
}
