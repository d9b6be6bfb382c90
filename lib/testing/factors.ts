import { randomBytes, randomUUID } from "node:crypto";
import { db } from "@/lib/db/client";
import { hashRecoveryCode, newRecoveryCodes } from "@/lib/factors/recovery-codes";
import { codeAtStep, newAppKey, sealAppKey, stepAt } from "@/lib/factors/totp";

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
