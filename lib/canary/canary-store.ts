import { shutOut } from "@/lib/access/shut-out";
import { REST_MINUTES } from "@/lib/canary/rules/limits";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { liftArrived } from "@/lib/mail/fate/report-store";
import { type MarkCause, readMarkCause } from "@/lib/mail/rules/mark-cause";
import { afterMinutes } from "@/lib/moments";
import { storePassword } from "@/lib/recovery/store";

/** How far a sign-in of the canary came: what it was about to do, or that it is done. */
export type RunStep = "sign-in" | "mail" | "code" | "page" | "done";

/** A sign-in that begins, and whether the last one that ended failed. */
export type BegunRun = { id: string; failedBefore: boolean };

/**
 * Begins a sign-in of the canary, unless another one is under way or began a short while ago. One that was cut
 * off never ends: that its process was killed says nothing of mail.
 *
 * @returns null: it is not its turn
 */
export async function beginRun(now: Date): Promise<BegunRun | null> {
  return inTransaction(async (tx) => {
    await lockSubject(tx, subjects.canary);
    const since = afterMinutes(now, -REST_MINUTES);
    const recent = await tx.canaryRun.findFirst({ where: { beganAt: { gt: since } } });
    if (recent !== null) return null;
    const last = await tx.canaryRun.findFirst({
      where: { endedAt: { not: null } },
      orderBy: { beganAt: "desc" },
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
 * Gives the canary a password for one sign-in, as anybody is given a new one, and makes its account where there
 * is none.
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
    const found = await findCanaryId(tx, email);
    if (found === "taken") return false;
    const id = found ?? (await makeCanary(tx, { email, name, now }));
    await close(tx, id, now);
    await tx.account.update({ where: { id }, data: { name } });
    await storePassword(tx, { id, email }, { passwordHash, now });
    return true;
  });
}

async function makeCanary(
  tx: Database,
  { now, ...named }: { email: string; name: string; now: Date },
): Promise<string> {
  const { id } = await tx.account.create({
    data: { ...named, locale: "en", isCanary: true, createdAt: now, passwordChangedAt: now },
    select: { id: true },
  });
  return id;
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

/** Why next to nothing is sent to the canary; null: its address is not marked. */
export async function findCanarysMark(email: string): Promise<MarkCause | null> {
  const filter = { address: email.toLowerCase(), liftedAt: null };
  const mark = await database.markedAddress.findFirst({ where: filter, select: { because: true } });
  return mark === null ? null : readMarkCause(mark.because);
}

/** Lifts what a bounce of before left at the canary's address, now that a mail was found in its mailbox. */
export const liftCanarysMark = (email: string, now: Date): Promise<void> =>
  liftArrived(database, email, now);
