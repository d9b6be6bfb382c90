import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { sweepInTurns } from "@/lib/db/sweep";
import { inTransaction } from "@/lib/db/transaction";
import { resetEnvironment } from "@/lib/env/env";
import { sweepOfAppSeals } from "@/lib/factors/app-seals-store";
import { judgeTypedFactor, useFactor as spendFactor } from "@/lib/factors/judge-factor";
import { openAppKey, sealAppKey } from "@/lib/factors/totp";
import { cleanUp } from "@/lib/jobs/clean-up";
import { testDatabase } from "@/lib/testing/database";
import { type App, addApp, addRecoveryCodes } from "@/lib/testing/factors";
import { makeAccount } from "@/lib/testing/people";

testDatabase();

const [old, present, next] = ["a".repeat(40), "b".repeat(40), "c".repeat(40)];

function withSecrets(...secrets: (string | undefined)[]) {
  vi.stubEnv("AUTH_SECRET", secrets.join(","));
  resetEnvironment();
}

beforeEach(() => withSecrets(old));
afterEach(() => {
  vi.unstubAllEnvs();
  resetEnvironment();
});

const answer = (accountId: string, typed: string) =>
  inTransaction(async (tx) => {
    const now = new Date();
    const verdict = await judgeTypedFactor(tx, accountId, typed, now);
    if (verdict.kind === "right") await spendFactor(tx, accountId, verdict.factor, now);
    return verdict.kind;
  });

const sealOf = async ({ id }: App) =>
  (await db.authenticatorApp.findUniqueOrThrow({ where: { id } })).sealedKey;

test("the clean-up seals keys anew while an older AUTH_SECRET is there: it may go, and every app works", async () => {
  const { id: accountId } = await makeAccount();
  const apps = [await addApp(accountId), await addApp(accountId)];
  const [code = ""] = await addRecoveryCodes(accountId);
  withSecrets(present, old);
  await cleanUp();
  withSecrets(present);
  for (const app of apps) {
    expect(await answer(accountId, app.codeNow())).toBe("right");
  }
  expect(await answer(accountId, code)).toBe("right");
});

test("a right code seals the key of its app anew, and no other's", async () => {
  const { id: accountId } = await makeAccount();
  const [used, other] = [await addApp(accountId), await addApp(accountId)];
  withSecrets(present, old);
  expect(await answer(accountId, used.codeNow())).toBe("right");
  withSecrets(present);
  expect(openAppKey(used.id, await sealOf(used))).toEqual(used.key);
  expect(openAppKey(other.id, await sealOf(other))).toBeNull();
  expect(await answer(accountId, used.codeNow(1))).toBe("right");
});

test("what the present AUTH_SECRET sealed stays as it is, and so does what none opens", async () => {
  const { id: accountId } = await makeAccount();
  const stray = await addApp(accountId);
  withSecrets(present);
  const app = await addApp(accountId);
  const before = [await sealOf(app), await sealOf(stray)];
  await cleanUp();
  withSecrets(present, next);
  await cleanUp();
  expect(await answer(accountId, app.codeNow())).toBe("right");
  expect([await sealOf(app), await sealOf(stray)]).toEqual(before);
});

test("keys are sealed anew in batches, each app once, and an app that is used meanwhile keeps its seal", async () => {
  const { id: accountId } = await makeAccount();
  const data = Array.from({ length: 250 }, () => {
    const id = randomUUID();
    const sealedKey = sealAppKey(id, new Uint8Array(20));
    return { id, accountId, name: "Phone", sealedKey, createdAt: new Date() };
  });
  await db.authenticatorApp.createMany({ data });
  withSecrets(present, old);
  const sweep = sweepOfAppSeals();
  expect(await sweep.takeBatch(100)).toBe(100);
  const first = await db.authenticatorApp.findFirstOrThrow({ orderBy: { id: "asc" } });
  await sweepInTurns([sweep]);
  withSecrets(present);
  const apps = await db.authenticatorApp.findMany({ orderBy: { id: "asc" } });
  expect(apps.filter(({ id, sealedKey }) => openAppKey(id, sealedKey) === null)).toEqual([]);
  expect(apps[0]?.sealedKey).toEqual(first.sealedKey);
});
