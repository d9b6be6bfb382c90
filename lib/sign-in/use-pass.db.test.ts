import { beforeEach, expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { newReference } from "@/lib/secrets/reference";
import { signIn } from "@/lib/sign-in/sign-in";
import { usePass } from "@/lib/sign-in/use-pass";
import { actorsPassword, makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, cookieOf, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();

const here = clientAt("198.51.100.9");
const minutes = (count: number) => new Date(Date.now() + count * 60_000);

let accountId: string;
beforeEach(async () => {
  accountId = (await makeAccount({ trusted: ["203.0.113.7"] })).id;
});

async function pendingSignIn(passUntil: Date | null = minutes(15), client = here) {
  const outcome = await signIn({
    accountId,
    proof: await passwordProof(accountId),
    client,
    browserId: newBrowser(),
    callbackPath: "/account/security",
    earlier: null,
  });
  if (outcome.kind !== "code-asked") throw new Error(outcome.kind);
  await db.challenge.update({ where: { id: outcome.challengeId }, data: { passUntil } });
  return cookieOf(outcome);
}

test("a sign-in has a reference of its own to read out", async () => {
  const [one, other] = [await pendingSignIn(null), await pendingSignIn(null)];
  const references = await db.challenge.findMany({
    where: { id: { in: [one.id, other.id] } },
    select: { reference: true },
  });
  expect(new Set(references.map(({ reference }) => reference)).size).toBe(2);
  for (const { reference } of references) expect(reference).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{3}$/);
});

test("a pass lets its sign-in through once, and leads where it was going", async () => {
  const cookie = await pendingSignIn();
  const outcome = await usePass(cookie, here);
  if (outcome.kind !== "entered") throw new Error(outcome.kind);
  expect(outcome.callbackPath).toBe("/account/security");
  expect(await findLiveSession(outcome.sessionId)).toMatchObject({ because: "hotline" });
  expect(await usePass(cookie, here)).toEqual({ kind: "none" });
  expect(await db.session.count({ where: { accountId } })).toBe(1);
});

test("two presses at the same moment begin one session", async () => {
  const cookie = await pendingSignIn();
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => usePass(cookie, here)));
  expect(outcomes.filter(({ kind }) => kind === "entered")).toHaveLength(1);
  expect(await db.session.count({ where: { accountId } })).toBe(1);
});

test("it trusts nothing and widens nothing: no place, no browser, no proof of the mailbox", async () => {
  const outcome = await usePass(await pendingSignIn(), here);
  if (outcome.kind !== "entered") throw new Error(outcome.kind);
  expect(await db.trustedPlace.count({ where: { accountId } })).toBe(1);
  expect(await db.seenBrowser.count({ where: { accountId } })).toBe(0);
  const [session] = await db.session.findMany({ where: { accountId } });
  expect(session?.codeProvenAt).toBeNull();
  const { codesSinceRight } = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  expect(codesSinceRight).toBe(1);
});

test("whoever came in by a pass types a code before anything is added to the account", async () => {
  const actor = await makeActor({ codeProven: false });
  await db.session.update({ where: { id: actor.session.id }, data: { because: "hotline" } });
  expect(await askToWiden(actor, actorsPassword, { kind: "trust-browser" })).toEqual({
    kind: "code-asked",
  });
});

test("it works from the network it was given for, also when the code has ended, and nowhere else", async () => {
  const cookie = await pendingSignIn();
  await db.challenge.update({ where: { id: cookie.id }, data: { expiresAt: minutes(-2) } });
  expect(await usePass(cookie, clientAt("198.51.100.10"))).toEqual({ kind: "network-changed" });
  expect((await usePass(cookie, here)).kind).toBe("entered");
});

test("without a pass, after its time, or with another browser's cookie nobody is let through", async () => {
  expect(await usePass(null, here)).toEqual({ kind: "none" });
  expect(await usePass(await pendingSignIn(null), here)).toEqual({ kind: "none" });
  expect(await usePass(await pendingSignIn(minutes(-1)), here)).toEqual({ kind: "none" });
  const cookie = { ...(await pendingSignIn()), secretHash: new Uint8Array(32) };
  expect(await usePass(cookie, here)).toEqual({ kind: "none" });
  expect(await db.session.count({ where: { accountId } })).toBe(0);
});

test("an account that became staff, or whose case is open by now, is not let in", async () => {
  const cookie = await pendingSignIn();
  await db.account.update({ where: { id: accountId }, data: { role: "support" } });
  expect(await usePass(cookie, here)).toEqual({ kind: "none" });
  await db.account.update({ where: { id: accountId }, data: { role: "customer" } });
  const open = await db.recoveryCase.create({
    data: {
      reference: newReference(),
      secretId: "x",
      accountId,
      accountEmail: "x",
      proof: "password",
      state: "open",
      userAgent: "",
      locale: "en",
      createdAt: new Date(),
      expiresAt: minutes(60),
    },
  });
  expect(await usePass(cookie, here)).toEqual({ kind: "none" });
  await db.recoveryCase.update({ where: { id: open.id }, data: { state: "refused" } });
  expect((await usePass(cookie, here)).kind).toBe("entered");
});
