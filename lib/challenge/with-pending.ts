import type { DoorPending, PendingCookie } from "@/lib/challenge/pending-store";
import { lockOf } from "@/lib/challenge/subject";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database, inTransaction } from "@/lib/db/transaction";

/** What is done with a browser's pending sign-in or sign-up. */
export type PendingWork<T, Found extends DoorPending = DoorPending> = {
  /** What is answered or done before anything is locked; null, or left out: `locked` decides. */
  first?: (found: Found, now: Date) => T | null | Promise<T | null>;
  /** What is done in one transaction, with the challenge as it is under its lock. */
  locked: (tx: Database, pending: Found, now: Date) => Promise<T>;
};

/**
 * Does something with the pending sign-in or sign-up of a browser's cookie, one such act at a time.
 *
 * @param find reads it, with what the work needs besides
 */
export async function withPending<T, Found extends DoorPending>(
  cookie: PendingCookie | null,
  find: (database: Database, cookie: PendingCookie, now: Date) => Promise<Found | null>,
  work: PendingWork<T, Found>,
): Promise<T | { kind: "no-pending" }> {
  if (cookie === null) return { kind: "no-pending" };
  const now = readClock();
  const found = await find(database, cookie, now);
  if (found === null) return { kind: "no-pending" };
  const answer = (await work.first?.(found, now)) ?? null;
  if (answer !== null) return answer;
  return inTransaction(async (tx) => {
    await lockSubject(tx, lockOf(found));
    const pending = await find(tx, cookie, now);
    return pending === null ? { kind: "no-pending" } : work.locked(tx, pending, now);
  });
}
