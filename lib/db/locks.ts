import { lockFault, lockKind } from "@/lib/db/rules/lock-order";
import type { Database } from "@/lib/db/transaction";

// What each transaction holds, in the order it was taken; a lock goes with its transaction.
const held = new WeakMap<Database, string[]>();

/**
 * Lets one decision about a subject be taken at a time, until the transaction ends. The subject that is
 * an account's id locks that account: see `lockAccounts`.
 *
 * @throws when it is out of the order of locks (`rules/lock-order.ts`): that would be a deadlock to come
 */
export async function lockSubject(tx: Database, subject: string): Promise<void> {
  if (lockKind(subject) === "account") return lockAccounts(tx, [subject]);
  const subjects = held.get(tx) ?? [];
  if (subjects.includes(subject)) return;
  const fault = lockFault(subjects, subject);
  if (fault !== null) throw new Error(fault);
  held.set(tx, [...subjects, subject]);
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${subject}, 0))`;
}

/**
 * Locks accounts, all that a transaction needs at once, and counts up what their sign-ins are judged
 * by. Whoever takes access away does so after this: a sign-in at the same moment has begun its session
 * before, and that session is found and ended, or it sees the count and is judged again.
 */
export async function lockAccounts(tx: Database, ids: string[]): Promise<void> {
  const wanted = [...new Set(ids)].sort();
  const subjects = held.get(tx) ?? [];
  if (wanted.every((id) => subjects.includes(id))) return;
  const fault = wanted.map((id) => lockFault(subjects, id)).find((one) => one !== null);
  if (fault !== undefined) throw new Error(fault);
  held.set(tx, [...subjects, ...wanted]);
  for (const id of wanted) {
    await tx.$executeRaw`
      UPDATE account SET access_version = access_version + 1 WHERE id = ${id}::uuid`;
  }
}
