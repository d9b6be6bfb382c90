import type { Database } from "@/lib/db/transaction";
import { hashRecoveryCode } from "@/lib/factors/recovery-codes";
import { afterMinutes } from "@/lib/moments";
import { PENDING_APP_MINUTES } from "@/lib/two-step/rules/limits";

/** An app that is being added: it counts for nothing yet. */
export type PendingApp = { id: string; sealedKey: Uint8Array; createdAt: Date };

/** The app that a session is adding, as long as it may be turned on; null: none. */
export function findPendingApp(
  database: Database,
  sessionId: string,
  now: Date,
): Promise<PendingApp | null> {
  const createdAt = { gt: afterMinutes(now, -PENDING_APP_MINUTES) };
  return database.authenticatorApp.findFirst({
    where: { sessionId, confirmedAt: null, createdAt },
    select: { id: true, sealedKey: true, createdAt: true },
    orderBy: { createdAt: "desc" },
  });
}

/** Keeps the app that a session is adding; the one before is gone. */
export async function replacePendingApp(
  tx: Database,
  app: {
    id: string;
    accountId: string;
    sessionId: string;
    sealedKey: Uint8Array<ArrayBuffer>;
    now: Date;
  },
): Promise<void> {
  const { id, accountId, sessionId, sealedKey, now } = app;
  await tx.authenticatorApp.deleteMany({ where: { sessionId, confirmedAt: null } });
  const data = { id, accountId, sessionId, sealedKey, name: "", createdAt: now };
  await tx.authenticatorApp.create({ data });
}

/** Notes that a code of an app that is being added was right, and of which step. */
export async function notePendingAppProven(tx: Database, id: string, step: number): Promise<void> {
  await tx.authenticatorApp.update({ where: { id }, data: { lastStep: step } });
}

/** Turns an app on that a code of was right; false when its session no longer adds it. */
export async function confirmApp(
  tx: Database,
  app: { id: string; sessionId: string; name: string; now: Date },
): Promise<boolean> {
  const { id, sessionId, name, now } = app;
  const confirmed = await tx.authenticatorApp.updateMany({
    where: { id, sessionId, confirmedAt: null, lastStep: { not: null } },
    data: { name, confirmedAt: now, lastUsedAt: now },
  });
  return confirmed.count === 1;
}

/** An account's app that counts, or its passkey; null: it has none of that id. */
export async function findRemovable(
  tx: Database,
  filter: { what: "app" | "passkey"; id: string; accountId: string },
): Promise<{ name: string; isFactor: boolean; signsIn: boolean; role: string } | null> {
  const { what, id, accountId } = filter;
  const account = { select: { role: true } };
  if (what === "app") {
    const app = await tx.authenticatorApp.findFirst({
      where: { id, accountId, confirmedAt: { not: null } },
      select: { name: true, account },
    });
    return app && { name: app.name, isFactor: true, signsIn: false, role: app.account.role };
  }
  const passkey = await tx.passkey.findFirst({
    where: { id, accountId },
    select: { name: true, isSecondStep: true, signsIn: true, account },
  });
  if (passkey === null) return null;
  const { name, isSecondStep: isFactor, signsIn } = passkey;
  return { name, isFactor, signsIn, role: passkey.account.role };
}

/** Takes an app or a passkey of an account away. Where it was announced to go, nothing is left to end. */
export async function deleteFactor(
  tx: Database,
  { what, id, accountId }: { what: "app" | "passkey"; id: string; accountId: string },
): Promise<void> {
  if (what === "app") await tx.authenticatorApp.delete({ where: { id, accountId } });
  else await tx.passkey.delete({ where: { id, accountId } });
  await tx.account.updateMany({ where: { id: accountId, factorsEndOf: id }, data: endsNot });
}

/** Of an account of which no factor is announced to end. */
export const endsNot = { factorsEndAt: null, factorsEndOf: null };

const factorless = { factorAlways: false, factorsCheckedAt: null, ...endsNot };

/**
 * Once no factor is left: recovery codes stand in for none, when one is asked for is the default, and nothing
 * is left to be taken away or looked through.
 */
export async function forgetWhatFactorsHad(tx: Database, accountId: string): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { accountId } });
  await tx.account.update({ where: { id: accountId }, data: factorless });
}

/**
 * What was proven by a factor that is gone counts no more: sessions prove one of those that are left.
 *
 * @param exceptId the session that has just done so; null: none
 */
export async function forgetProofs(
  tx: Database,
  accountId: string,
  exceptId: string | null,
): Promise<void> {
  const rest = exceptId === null ? {} : { id: { not: exceptId } };
  await tx.session.updateMany({
    where: { accountId, endedAt: null, ...rest },
    data: { factorProvenAt: null },
  });
}

/** Ends the sign-ins and requests that wait for a factor: the removed one may be what they were using. */
export async function endWaitingForFactor(
  tx: Database,
  accountId: string,
  now: Date,
): Promise<void> {
  await tx.challenge.updateMany({
    where: { accountId, asks: "factor", endedAt: null },
    data: { endedAt: now, endedBecause: "factor-changed" },
  });
}

/** Stores new recovery codes that a session makes; those of before are gone. */
export async function replaceRecoveryCodes(
  tx: Database,
  { accountId, id: sessionId }: { accountId: string; id: string },
  codes: readonly string[],
  now: Date,
): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { accountId } });
  const data = codes.map((code) => ({
    accountId,
    sessionId,
    hash: hashRecoveryCode(accountId, code),
    createdAt: now,
  }));
  await tx.recoveryCode.createMany({ data });
}

/** How many of some codes are recovery codes of an account that are not used. */
export function countLiveCodes(
  database: Database,
  accountId: string,
  codes: readonly string[],
): Promise<number> {
  const hash = { in: codes.map((code) => hashRecoveryCode(accountId, code)) };
  return database.recoveryCode.count({ where: { accountId, usedAt: null, hash } });
}

/** Chooses when a factor is asked for; false when that was chosen already. */
export async function storeAsking(
  tx: Database,
  accountId: string,
  always: boolean,
): Promise<boolean> {
  const changed = await tx.account.updateMany({
    where: { id: accountId, factorAlways: !always },
    data: { factorAlways: always },
  });
  return changed.count === 1;
}

/** Notes that whoever holds a session has proven a second factor. */
export async function proveFactor(tx: Database, sessionId: string, now: Date): Promise<void> {
  await tx.session.update({ where: { id: sessionId }, data: { factorProvenAt: now } });
}
