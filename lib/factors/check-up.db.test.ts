import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { enterWithFactor } from "@/lib/factors/check-up";
import { makeActor } from "@/lib/testing/actors";
import { laterDays, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp, addPasskeyRow, addRecoveryCodes } from "@/lib/testing/factors";
import { noteCheckUp, readCheckUp } from "@/lib/two-step/check-up";

testDatabase();
stoppedClock();

const pathAfter = async (accountId: string) =>
  (await enterWithFactor(accountId, "/account/contact")).path;

const question = "/account/security/two-step/check-up?callbackUrl=%2Faccount%2Fcontact";

test("90 days after the first factor a sign-in leads to the question, and from there on; then for 90 days not", async () => {
  const { accountId } = (await makeActor()).session;
  await addApp(accountId);
  laterDays(89);
  await addPasskeyRow(accountId);
  expect(await pathAfter(accountId)).toBe("/account/contact");
  laterDays(90);
  expect(await pathAfter(accountId)).toBe(question);
  expect(await pathAfter(accountId)).toBe(question);
  const actor = await makeActor({ accountId });
  expect(await noteCheckUp(actor)).toEqual({ kind: "noted" });
  expect(await pathAfter(accountId)).toBe("/account/contact");
  laterDays(180);
  expect(await pathAfter(accountId)).toBe(question);
});

test("the question names what the customer has, and no more", async () => {
  const { accountId } = (await makeActor()).session;
  await addApp(accountId, "Phone");
  await addPasskeyRow(accountId, "Blue key");
  await addRecoveryCodes(accountId);
  const actor = await makeActor({ accountId });
  const asked = await readCheckUp(actor.session);
  expect(asked).toEqual({ apps: ["Phone"], passkeys: ["Blue key"], recoveryCodesLeft: 10 });
});

test("a session that has ended notes nothing", async () => {
  const actor = await makeActor();
  await db.session.update({ where: { id: actor.session.id }, data: { endedAt: new Date() } });
  expect(await noteCheckUp(actor)).toEqual({ kind: "signed-out" });
});
