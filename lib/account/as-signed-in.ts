import type { Actor } from "@/lib/account/actor";
import { isStillSignedIn } from "@/lib/account/change-store";
import { readClock } from "@/lib/clock";
import { lockAccounts } from "@/lib/db/locks";
import { type Database, inTransaction } from "@/lib/db/transaction";

/** The session ended, or its password changed, before the step held its locks. Nothing was done. */
export type SignedOut = { kind: "signed-out" };

/** What a step does under its locks, at one moment. */
type Work<Outcome> = (tx: Database, now: Date) => Promise<Outcome>;

/**
 * Runs what a signed-in customer does to their own account, in one transaction under its lock: whatever
 * ended the session before, this does nothing.
 *
 * @param more accounts that are locked with it, in the one order of locks
 */
export function asCustomer<Outcome>(
  actor: Pick<Actor, "session">,
  work: Work<Outcome>,
  more: string[] = [],
): Promise<Outcome | SignedOut> {
  const { accountId } = actor.session;
  return asSignedIn(actor, (tx) => lockAccounts(tx, [accountId, ...more]), work);
}

/**
 * The same for who acts on something else than their own account, such as staff.
 *
 * @param actor null: a command on the server, which has no session
 * @param lock takes the locks of what is acted on
 */
export function asSignedIn<Outcome>(
  actor: Pick<Actor, "session"> | null,
  lock: (tx: Database) => Promise<void>,
  work: Work<Outcome>,
): Promise<Outcome | SignedOut> {
  return inTransaction(async (tx): Promise<Outcome | SignedOut> => {
    await lock(tx);
    const isOut = actor !== null && !(await isStillSignedIn(tx, actor.session));
    return isOut ? { kind: "signed-out" } : work(tx, readClock());
  });
}
