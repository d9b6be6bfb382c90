import { expect, vi } from "vitest";
import { lockSubject } from "@/lib/db/locks";
import { type Database, inTransaction } from "@/lib/db/transaction";
import { countWaiting } from "@/lib/testing/waiting";

/**
 * Does something in a transaction that holds the lock of a subject, while a step that was started
 * meanwhile waits for it; what the step led to in the end. Fails when the step does not wait.
 */
export async function whileLocked<T>(
  subject: string,
  step: () => Promise<T>,
  work: (tx: Database) => Promise<unknown>,
): Promise<T> {
  let started: Promise<T> | undefined;
  await inTransaction(async (tx) => {
    await lockSubject(tx, subject);
    started = step();
    await vi.waitFor(async () => expect(await countWaiting()).toBe(1), { timeout: 10_000 });
    await work(tx);
  });
  if (started === undefined) throw new Error("The step was not started.");
  return started;
}
