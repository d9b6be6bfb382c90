import { shutOut } from "@/lib/access/shut-out";
import { REST_MINUTES, RUN_MINUTES } from "@/lib/canary/rules/limits";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { afterMinutes } from "@/lib/moments";

/** How far a sign-in of the canary came: what it was about to do, or that it is done. */
export type RunStep = "sign-in" | "mail" | "code" | "page" | "done";

/** A sign-in that begins, and whether the one before it failed. */
export type BegunRun = { id: string; failedBefore: boolean };

/**
 * Begins a sign-in of the canary, unless another one is under way or began a short while ago. One that was cut
 * off ends as one that failed.
 *
 * @returns null: it is not its turn
 */
export async function beginRun(now: Date): Promise<BegunRun | null> {
  return inTransaction(async (tx) => {
    await lockSubject(tx, subjects.canary);
    const last = await tx.canaryRun.findFirst({ orderBy: { beganAt: "desc" } });
    if (last !== null && last.beganAt > afterMinutes(now, -REST_MINUTES)) return null;
    await tx.canaryRun.updateMany({
      where: { endedAt: null, beganAt: { lt: afterMinutes(now, -RUN_MINUTES) } },
      data: { endedAt: now },
    });
    const { id } = await tx.canaryRun.create({ data: { beganAt: now, step: "sign-in" } });
    return { id, failedBefore: last !== null && last.step !== "done" };
  });
}

/** Notes how far it came. */
export async function noteStep(
  id: string,
  step: RunStep,
  { endedAt = null, mailMs }: { endedAt?: Date | null; mailMs?: number } = {},
): Promise<void> {
  const time = mailMs === undefined ? {} : { mailMs: Math.round(mailMs) };
  await database.canaryRun.updateMany({ where: { id }, data: { step, endedAt, ...time } });
}

/** Forgets one that was broken off by whoever stops the worker: it says nothing of mail. */
export async function forgetRun(id: string): Promise<void> {
  await database.canaryRun.deleteMany({ where: { id } });
}

async function findCanaryId(tx: Database, email: string): Promise<string | "taken" | null> {
  const found = await tx.account.findUnique({
    where: { email },
    select: { id: true, isCanary: true },
  });
  if (found === null) return null;
  return found.isCanary ? found.id : "taken";
}

// What a run before left, where it was cut off, ends too.
async function close(tx: Database, id: string, now: Date): Promise<void> {
  await lockSubject(tx, id);
  await shutOut(tx, id, { because: "password-changed", keep: { ways: ["password"] }, now });
}

/**
 * Gives the canary a password for one sign-in, and makes its account where there is none.
 *
 * @returns false: a customer has the address
 */
export function openCanary(made: {
  email: string;
  name: string;
  passwordHash: string;
  now: Date;
}): Promise<boolean> {
  const { email, name, passwordHash, now } = made;
  return inTransaction(async (tx) => {
    await lockSubject(tx, subjects.signUp(email));
    const id = await findCanaryId(tx, email);
    if (id === "taken") return false;
    const password = { passwordHash, passwordChangedAt: now };
    if (id === null) {
      await tx.account.create({
        data: { email, name, locale: "en", isCanary: true, createdAt: now, ...password },
      });
      return true;
    }
    await close(tx, id, now);
    await tx.account.update({ where: { id }, data: { name, ...password } });
    return true;
  });
}

/** Takes the canary's password, sessions and places away: until its next sign-in nothing opens it. */
export async function closeCanary(email: string, now: Date): Promise<void> {
  await inTransaction(async (tx) => {
    const id = await findCanaryId(tx, email);
    if (id === null || id === "taken") return;
    await close(tx, id, now);
    await tx.account.update({ where: { id }, data: { passwordHash: null } });
  });
}
