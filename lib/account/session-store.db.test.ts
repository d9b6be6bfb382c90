import { expect, test } from "vitest";
import { endSession, findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { hashSecret, newSecret } from "@/lib/secrets/secrets";
import { laterDays, pass, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
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
