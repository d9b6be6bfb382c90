import { expect, test } from "vitest";
import { endSession, findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { hashSecret, newSecret } from "@/lib/secrets/secrets";
import { findLiveSessions } from "@/lib/sessions/store";
import { laterDays, pass, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp } from "@/lib/testing/factors";
import { makeAccount, newBrowser } from "@/lib/testing/people";

testDatabase();
stoppedClock();

const DAY = 24 * 60 * 60 * 1000;

async function makeSession(ticket?: string) {
  const account = await makeAccount();
  const at = new Date();
  return db.session.create({
    data: {
      accountId: account.id,
      because: "code",
      userAgent: "",
      browserId: newBrowser(),
      createdAt: at,
      lastSeenAt: at,
      ...(ticket === undefined
        ? {}
        : { ticketHash: hashSecret(ticket), ticketExpiresAt: new Date(Date.now() + 60_000) }),
    },
  });
}

test("a session ends after 30 days without a visit", async () => {
  const { id } = await makeSession();
  pass(30 * DAY - 1);
  expect(await findLiveSession(id)).not.toBeNull();
  pass(30 * DAY);
  expect(await findLiveSession(id)).toBeNull();
});

test("a session visited daily ends after 90 days all the same", async () => {
  const { id } = await makeSession();
  for (let day = 1; day < 90; day += 1) {
    laterDays(day);
    expect(await findLiveSession(id)).not.toBeNull();
  }
  laterDays(90);
  expect(await findLiveSession(id)).toBeNull();
});

test("an ended session is out on its very next request", async () => {
  const { id } = await makeSession();
  await endSession(id);
  expect(await findLiveSession(id)).toBeNull();
});

test("a session that waits for a ticket of the version before opens nothing", async () => {
  const { id } = await makeSession(newSecret());
  expect(await findLiveSession(id)).toBeNull();
});

async function staffSession(role: string, factorProvenAt: Date | null) {
  const { id, accountId } = await makeSession();
  await db.account.update({ where: { id: accountId }, data: { role } });
  await db.session.update({ where: { id }, data: { factorProvenAt } });
  return { id, accountId };
}

test("staff without a factor are signed in, and must add one", async () => {
  const { id } = await staffSession("support", null);
  expect((await findLiveSession(id))?.account).toMatchObject({ hasFactor: false, mustEnrol: true });
});

test("a session of staff that has not proven the factor that the account has is over", async () => {
  const { id, accountId } = await staffSession("marketing", null);
  await addApp(accountId);
  expect(await findLiveSession(id)).toBeNull();
  expect(await findLiveSessions(db, accountId, new Date())).toEqual([]);
  await db.session.update({ where: { id }, data: { factorProvenAt: new Date() } });
  expect((await findLiveSession(id))?.account).toMatchObject({ hasFactor: true, mustEnrol: false });
  expect(await findLiveSessions(db, accountId, new Date())).toMatchObject([{ id }]);
});

test("a customer's goes on, with a factor or without", async () => {
  const { id, accountId } = await staffSession("customer", null);
  const account = async () => (await findLiveSession(id))?.account;
  expect(await account()).toMatchObject({ hasFactor: false, mustEnrol: false });
  process.env.TWO_STEP_REQUIRED = "customer";
  resetEnvironment();
  expect(await account()).toMatchObject({ hasFactor: false, mustEnrol: true });
  await addApp(accountId);
  expect(await account()).toMatchObject({ hasFactor: true, mustEnrol: false });
  delete process.env.TWO_STEP_REQUIRED;
  resetEnvironment();
  expect(await account()).toMatchObject({ hasFactor: true, mustEnrol: false });
});
