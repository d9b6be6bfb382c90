import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { requestReset } from "@/lib/recovery/request-reset";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { pass, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";
import { mailsTo, somewhere } from "@/lib/testing/reset-links";
import { statementsOf } from "@/lib/testing/statements-of";

testDatabase();
stoppedClock();

const HOUR = 60 * 60_000;
const nobody = () => `nobody-${randomUUID()}@example.com`;

const statementsFor = async (email: string) =>
  (await statementsOf(() => requestReset(email, somewhere()))).sent;

test("the account's address gets a link that lives 15 minutes", async () => {
  const account = await makeAccount();
  await requestReset(account.email, somewhere());
  const expiresAt = new Date(Date.now() + 15 * 60_000);
  const [link] = await db.passwordReset.findMany({ where: { accountId: account.id } });
  expect(link).toMatchObject({ expiresAt, endedAt: null });
  const mail = await db.mail.findFirstOrThrow({ where: { recipient: account.email } });
  expect(mail).toMatchObject({
    kind: "password-reset",
    linkType: "password reset",
    linkRowId: link?.id,
    usefulUntil: expiresAt,
  });
});

test("nothing that is stored holds the token", async () => {
  const account = await makeAccount();
  await requestReset(account.email, somewhere());
  const link = await db.passwordReset.findFirstOrThrow({ where: { accountId: account.id } });
  const signature = (linkTokenOf("password reset", link) ?? "").slice(-40);
  const stored = [link, await db.mail.findMany({ where: { accountId: account.id } })];
  expect(signature).toHaveLength(40);
  expect(JSON.stringify(stored)).not.toContain(signature);
});

test("an address without an account takes the same statements, and nobody is mailed", async () => {
  const { email } = await makeAccount();
  const unknown = nobody();
  const known = await statementsFor(email);
  expect(known.length).toBeGreaterThan(4);
  expect(await statementsFor(unknown)).toEqual(known);
  expect(await mailsTo(unknown)).toEqual([]);
  const stored = [await db.mail.findMany(), await db.rateWindow.findMany()];
  expect(JSON.stringify(stored)).not.toContain(unknown);
});

test("an account is mailed three links an hour, from however many networks", async () => {
  const { email } = await makeAccount();
  for (let time = 0; time < 5; time += 1) await requestReset(email, somewhere());
  expect(await mailsTo(email)).toHaveLength(3);
  pass(HOUR);
  await requestReset(email, somewhere());
  expect(await mailsTo(email)).toHaveLength(4);
});

test("an address without an account is counted like one with", async () => {
  const email = nobody();
  const before = await db.passwordReset.count({ where: { accountId: null } });
  for (let time = 0; time < 5; time += 1) await requestReset(email, somewhere());
  expect(await db.passwordReset.count({ where: { accountId: null } })).toBe(before + 3);
});

test("one network asks for twenty links an hour, for whichever addresses", async () => {
  const client = somewhere();
  for (let time = 0; time < 20; time += 1) await requestReset(nobody(), client);
  const { email } = await makeAccount();
  await requestReset(email, client);
  expect(await mailsTo(email)).toEqual([]);
  await requestReset(email, somewhere());
  expect(await mailsTo(email)).toEqual(["password-reset"]);
});

async function useUp(key: string) {
  const hits = Array.from({ length: 1_000 }, () => new Date());
  const window = { subject: key, hits, admitted: true, askedAt: new Date() };
  await db.rateWindow.upsert({ where: { key }, create: { key, ...window }, update: window });
}

test("a thousand made-up addresses take no customer's link", async () => {
  await useUp("reset/everybody-unknown");
  const { email } = await makeAccount();
  await requestReset(email, somewhere());
  expect(await mailsTo(email)).toHaveLength(1);
  const before = await db.passwordReset.count({ where: { accountId: null } });
  await requestReset(nobody(), somewhere());
  expect(await db.passwordReset.count({ where: { accountId: null } })).toBe(before);
});

test("everybody together asks for a thousand links an hour, and one refused takes from nobody else", async () => {
  await useUp("reset/everybody");
  const [{ email }, client] = [await makeAccount(), somewhere()];
  await requestReset(email, client);
  expect(await mailsTo(email)).toEqual([]);
  pass(HOUR);
  for (let time = 0; time < 3; time += 1) await requestReset(email, client);
  expect(await mailsTo(email)).toHaveLength(3);
});

test("ten requests at the same moment mail three links", async () => {
  const { email } = await makeAccount();
  await Promise.all(Array.from({ length: 10 }, () => requestReset(email, somewhere())));
  expect(await mailsTo(email)).toHaveLength(3);
});
