import { randomUUID } from "node:crypto";
import { db } from "@/lib/db/client";
import { codeAtStep, newAppKey, sealAppKey, stepAt } from "@/lib/factors/totp";

/** An authenticator app of a test: its row, and the key that its codes are made of. */
export type TestApp = { id: string; key: Uint8Array<ArrayBuffer> };

/** Gives an account an authenticator app that counts. */
export async function giveApp(accountId: string, name = "Phone"): Promise<TestApp> {
  const [id, key, at] = [randomUUID(), newAppKey(), new Date()];
  const sealedKey = sealAppKey(id, key);
  const data = { id, accountId, name, sealedKey, createdAt: at, confirmedAt: at };
  await db.authenticatorApp.create({ data });
  return { id, key };
}

/** What an app shows at a moment. */
export const codeOf = ({ key }: TestApp, now = new Date()): string => codeAtStep(key, stepAt(now));
