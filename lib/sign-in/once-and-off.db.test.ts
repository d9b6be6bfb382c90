import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { codeOf } from "@/lib/secrets/code";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { activitiesOf, mailsOf } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, cookieOf, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";

testDatabase();

const there = clientAt("198.51.100.9");

async function asks(accountId: string, browserId = newBrowser()) {
  const proof = await passwordProof(accountId);
  const common = { accountId, proof, client: there, callbackPath: null, earlier: null };
  return signIn({ ...common, browserId });
}

async function typeCode(accountId: string, trust?: boolean) {
  const outcome = await asks(accountId);
  if (outcome.kind !== "code-asked") throw new Error(`The sign-in was ${outcome.kind}.`);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: outcome.challengeId } });
  const typed = codeOf(challenge) ?? "";
  return verifyCode({ typed, cookie: cookieOf(outcome), shown: null, client: there, trust });
}

test("C8a a code that counts only this once lets in and trusts nothing", async () => {
  const { id } = await makeAccount();
  expect((await typeCode(id, false)).kind).toBe("right");
  expect(await db.trustedPlace.count({ where: { accountId: id } })).toBe(0);
  expect(await mailsOf(id, "place-trusted")).toEqual([]);
  expect(await activitiesOf(id)).toEqual([]);
  expect((await asks(id)).kind).toBe("code-asked");
  expect(await db.seenBrowser.count({ where: { accountId: id } })).toBe(0);
});

test("C8 otherwise the network is trusted, recorded and notified", async () => {
  const { id } = await makeAccount();
  expect((await typeCode(id)).kind).toBe("right");
  expect((await asks(id)).kind).toBe("entered");
  expect(await mailsOf(id, "place-trusted")).toHaveLength(1);
  expect(await activitiesOf(id)).toMatchObject([
    { kind: "place-trusted", about: { place: "198.51.100.9" } },
  ]);
});

test("a code counts as a proof of the mailbox in its session, also when it trusts nothing", async () => {
  const { id } = await makeAccount();
  await typeCode(id, false);
  const [session] = await db.session.findMany({ where: { accountId: id } });
  expect(session).toMatchObject({ because: "code", codeProvenAt: session?.createdAt });
});

test("S0 a switched-off password opens nothing and mails nothing, from a trusted place neither", async () => {
  const { id } = await makeAccount({ trusted: ["198.51.100.9"] });
  const since = new Date("2026-11-22T12:00:00Z");
  await db.account.update({ where: { id }, data: { passwordOffAt: since } });
  expect(await asks(id)).toEqual({ kind: "password-off", since, because: "not-me" });
  expect(await db.session.count({ where: { accountId: id } })).toBe(0);
  expect(await db.mail.count({ where: { accountId: id } })).toBe(0);
  expect(await db.signInJudgement.findMany({ where: { accountId: id } })).toMatchObject([
    { verdict: "refused", because: "password-off" },
  ]);
});
