import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { SESSIONS_PER_ACCOUNT } from "@/lib/secrets/limits";
import { endOtherSessions, endOwnSession } from "@/lib/sessions/end-sessions";
import { listSessions } from "@/lib/sessions/list-sessions";
import { notifyOfNewBrowsers } from "@/lib/sessions/notify-of-new-browsers";
import { signIn } from "@/lib/sign-in/sign-in";
import { actorsPassword, mailsOf, makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();

const home = "203.0.113.7";

async function signInAtHome(accountId: string, browserId = newBrowser()) {
  return signIn({
    accountId,
    proof: await passwordProof(accountId),
    client: clientAt(home),
    browserId,
    callbackPath: null,
    earlier: null,
  });
}

const openSessions = (accountId: string) =>
  db.session.findMany({ where: { accountId, endedAt: null }, orderBy: { lastSeenAt: "desc" } });

test("an ended session is out on its very next request, and its end is mailed", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const other = await makeActor({ accountId });
  expect(await endOwnSession(actor, other.session.id)).toEqual({ kind: "ended" });
  expect(await findLiveSession(other.session.id)).toBeNull();
  expect(await endOwnSession(actor, other.session.id)).toEqual({ kind: "already-ended" });
  expect(await mailsOf(accountId, "session-ended")).toHaveLength(1);
  expect(await listSessions(actor.session)).toMatchObject([{ isThisOne: true }]);
});

test("a session is listed with the name of the place it began from, also of a range", async () => {
  const actor = await makeActor({ trusted: [] });
  const { accountId } = actor.session;
  const at = new Date();
  const range = { network: "203.0.113.0/24", name: "Office", because: "by-hand" };
  await db.trustedPlace.create({
    data: { accountId, ...range, createdAt: at, lastUsedAt: at },
  });
  const elsewhere = await makeActor({ accountId, ip: "198.51.100.9" });
  const names = (await listSessions(elsewhere.session)).map(({ placeName }) => placeName);
  expect(names).toEqual([null, "Office"]);
});

test("another customer's session is not found, and goes on", async () => {
  const [actor, stranger] = [await makeActor(), await makeActor()];
  for (const id of [stranger.session.id, randomUUID(), "x", ""]) {
    expect(await endOwnSession(actor, id)).toEqual({ kind: "unknown" });
  }
  expect(await findLiveSession(stranger.session.id)).not.toBeNull();
});

test("ending all others ends their sessions and the trust in their browsers, not this one's", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const other = await makeActor({ accountId });
  for (const one of [actor, other]) {
    await askToWiden(one, actorsPassword, { kind: "trust-browser" });
  }
  expect(await endOtherSessions(actor)).toEqual({ kind: "ended" });
  expect(await findLiveSession(other.session.id)).toBeNull();
  expect(await findLiveSession(actor.session.id)).not.toBeNull();
  const trusted = await db.trustedBrowser.findMany({ where: { accountId, endedAt: null } });
  expect(trusted.map(({ browserId }) => browserId)).toEqual([actor.browserId]);
  expect(await mailsOf(accountId, "sessions-ended")).toHaveLength(1);
  expect(await endOtherSessions(actor)).toEqual({ kind: "none" });
  expect(await mailsOf(accountId, "sessions-ended")).toHaveLength(1);
});

test("an account has 20 sessions at most: the least recently seen makes room", async () => {
  const { id } = await makeAccount({ trusted: [home] });
  for (let count = 0; count < SESSIONS_PER_ACCOUNT + 3; count += 1) await signInAtHome(id);
  expect(await openSessions(id)).toHaveLength(SESSIONS_PER_ACCOUNT);
  const [seen] = (await openSessions(id)).slice(-1);
  await db.session.update({
    where: { id: seen?.id ?? "" },
    data: { lastSeenAt: new Date(Date.now() + 60_000) },
  });
  await signInAtHome(id);
  const open = await openSessions(id);
  expect(open).toHaveLength(SESSIONS_PER_ACCOUNT);
  expect(open.map((session) => session.id)).toContain(seen?.id);
});

test("30 sign-ins at the same moment leave 20 sessions", async () => {
  const { id } = await makeAccount({ trusted: [home] });
  const browserId = newBrowser();
  for (let count = 0; count < 12; count += 1) await signInAtHome(id, browserId);
  await Promise.all(Array.from({ length: 30 }, () => signInAtHome(id, browserId)));
  expect(await openSessions(id)).toHaveLength(SESSIONS_PER_ACCOUNT);
});

test("the mail about a new browser at a trusted place can be turned off, and on again", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const mailed = async () => (await mailsOf(accountId, "new-browser")).length;
  await signInAtHome(accountId);
  expect(await mailed()).toBe(1);
  expect(await notifyOfNewBrowsers(actor, false)).toEqual({ kind: "changed" });
  expect(await notifyOfNewBrowsers(actor, false)).toEqual({ kind: "unchanged" });
  await signInAtHome(accountId);
  expect(await mailed()).toBe(1);
  await notifyOfNewBrowsers(actor, true);
  await signInAtHome(accountId);
  expect(await mailed()).toBe(2);
  expect(await mailsOf(accountId, "notices-changed")).toHaveLength(2);
});
