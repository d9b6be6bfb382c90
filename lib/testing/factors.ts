import { randomBytes, randomUUID } from "node:crypto";
import type { Actor } from "@/lib/account/actor";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { hashRecoveryCode, newRecoveryCodes } from "@/lib/factors/recovery-codes";
import { codeAtStep, newAppKey, sealAppKey, stepAt } from "@/lib/factors/totp";
import type { KeptPasskey } from "@/lib/two-step/add-passkey";
import { turnOnApp } from "@/lib/two-step/turn-on-app";

/** An authenticator app of an account, as its phone has it. */
export type App = { id: string; key: Uint8Array<ArrayBuffer>; codeNow: (off?: number) => string };

/** Gives an account an authenticator app that counts. */
export async function addApp(accountId: string, name = "Phone"): Promise<App> {
  const [id, key, at] = [randomUUID(), newAppKey(), new Date()];
  const sealedKey = sealAppKey(id, key);
  await db.authenticatorApp.create({
    data: { id, accountId, name, sealedKey, createdAt: at, confirmedAt: at },
  });
  return { id, key, codeNow: (off = 0) => codeAtStep(key, stepAt(new Date()) + off) };
}

/** Whoever is in an account turns an app on, as the page does once its code was right. */
export async function turnOn(actor: Actor, name = "Phone"): Promise<App> {
  const { id: sessionId, accountId } = actor.session;
  const app = await addApp(accountId, name);
  const data = { confirmedAt: null, lastStep: 1, sessionId };
  await db.authenticatorApp.update({ where: { id: app.id }, data });
  await inTransaction((tx) => turnOnApp(tx, actor, { appId: app.id, name }, new Date()));
  return app;
}

/** A passkey that a browser made and that was judged. */
export function madePasskey(name = "Passkey"): KeptPasskey {
  return {
    ...{ name, aaguid: "00000000-0000-0000-0000-000000000000", rpId: "localhost" },
    credentialId: randomBytes(16).toString("base64url"),
    publicKey: randomBytes(77).toString("base64url"),
    ...{ counter: 0, transports: ["internal"], backupEligible: true, backedUp: true },
  };
}

/** Gives an account a passkey that is a second step, as its row says; nothing can prove it. */
export async function addPasskeyRow(accountId: string, name = "Passkey"): Promise<{ id: string }> {
  return db.passkey.create({
    data: {
      ...{ accountId, name, aaguid: "00000000-0000-0000-0000-000000000000", rpId: "localhost" },
      credentialId: new Uint8Array(randomBytes(16)),
      publicKey: new Uint8Array(randomBytes(77)),
      ...{ counter: 0, transports: ["internal"], backupEligible: true, backedUp: true },
      ...{ signsIn: false, isSecondStep: true, createdAt: new Date() },
    },
    select: { id: true },
  });
}

/** A code that an app does not show now, nor one step either side. */
export function wrongCodeOf(app: App): string {
  const near = [-1, 0, 1].map((off) => app.codeNow(off));
  return ["000000", "000001", "000002", "000003"].find((code) => !near.includes(code)) ?? "";
}

/** Gives an account ten recovery codes. */
export async function addRecoveryCodes(accountId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await db.recoveryCode.createMany({
    data: codes.map((code) => ({
      accountId,
      hash: hashRecoveryCode(accountId, code),
      createdAt: new Date(),
    })),
  });
  return codes;
}
