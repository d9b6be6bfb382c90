import { type DoorPending, findPending, type PendingCookie } from "@/lib/challenge/challenge-store";
import { lockOf } from "@/lib/challenge/subject";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database, inTransaction } from "@/lib/db/transaction";

/** What is done with a browser's pending sign-in or sign-up. */
export type PendingWork<T> = {
  /** What is answered before anything is locked; null, or left out: `locked` decides. */
  first?: (found: DoorPending) => T | null;
  /** What is done in one transaction, with the challenge as it is under its lock. */
  locked: (tx: Database, pending: DoorPending, now: Date) => Promise<T>;
};

/** Does something with the pending sign-in or sign-up of a browser's cookie, one such act at a time. */
export async function withPending<T>(
  cookie: PendingCookie | null,
  work: PendingWork<T>,
): Promise<T | { kind: "no-pending" }> {
  if (cookie === null) return { kind: "no-pending" };
  const now = readClock();
  const found = await findPending(database, cookie, now);
  if (found === null) return { kind: "no-pending" };
  const answer = work.first?.(found) ?? null;
  if (answer !== null) return answer;
  return inTransaction(async (tx) => {
    await lockSubject(tx, lockOf(found));
    const pending = await findPending(tx, cookie, now);
    return pending === null ? { kind: "no-pending" } : work.locked(tx, pending, now);
  });
}
