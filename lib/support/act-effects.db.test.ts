import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { db } from "@/lib/db/client";
import { requestReset } from "@/lib/recovery/request-reset";
import { signIn } from "@/lib/sign-in/sign-in";
import { endCustomerSessions } from "@/lib/support/end-customer-sessions";
import { forgetPlace } from "@/lib/support/forget-place";
import { liftBlock } from "@/lib/support/lift-block";
import { startReset } from "@/lib/support/start-reset";
import { switchOff } from "@/lib/support/switch-off";
import { actorsPassword, mailsOf, makeActor } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import { blockAt, startSignIn } from "@/lib/testing/callers";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, newBrowser, passwordProof } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import {
  elsewhere,
  home,
  makeScene,
  placeIdOf,
  requestOf,
  traces,
} from "@/lib/testing/support-scene";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();

test.each(["wrong-codes", "not-me"] as const)(
  "a block after %s is lifted: the network gets a code again, with three attempts",
  async (because) => {
    const scene = await makeScene();
    const { customerId } = scene;
    const reference = await blockAt(customerId, elsewhere, because);
    const from = async () =>
      signIn({
        accountId: customerId,
        proof: await passwordProof(customerId),
        client: clientAt(elsewhere),
        browserId: newBrowser(),
        callbackPath: null,
        earlier: null,
      });
    expect((await from()).kind).toBe("blocked");
    const lifted = await liftBlock({ ...requestOf(scene), reference });
    expect(lifted).toEqual({ kind: "lifted", blockedNetwork: elsewhere });
    expect(await db.codeAttempts.count({ where: { subject: customerId } })).toBe(0);
    expect((await from()).kind).toBe("code-asked");
    const [mail] = await mailsOf(customerId, "block-lifted");
    expect(mail?.facts).toMatchObject({ about: { place: elsewhere } });
  },
);

test("a block that is over, lifted, of somebody else or of nobody is not lifted, and nothing is recorded", async () => {
  const [scene, other] = [await makeScene(), await makeScene()];
  const over = await blockAt(scene.customerId);
  const data = { blockedUntil: new Date() };
  await db.codeAttempts.updateMany({ where: { blockReference: over }, data });
  const theirs = await blockAt(other.customerId);
  const before = [await traces(scene), await traces(other)];
  for (const reference of [over, theirs, "K7QM-2PX", "", "\u0000", "x".repeat(10_000)]) {
    expect(await liftBlock({ ...requestOf(scene), reference })).toEqual({ kind: "block-over" });
  }
  expect([await traces(scene), await traces(other)]).toEqual(before);
});

test("two members of staff lift one block at the same moment: it is recorded once", async () => {
  const scene = await makeScene();
  const reference = await blockAt(scene.customerId);
  const staff = [scene.staff, await makeStaff("admin")];
  const outcomes = await Promise.all(
    staff.map((one) => liftBlock({ ...requestOf(scene), staff: one, reference })),
  );
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["block-over", "lifted"]);
  expect(await auditOf(scene.customerId)).toHaveLength(1);
  expect(await mailsOf(scene.customerId, "block-lifted")).toHaveLength(2);
});

test("ending sessions ends each of them and the trust in each browser, and says when there is none", async () => {
  const scene = await makeScene();
  const { customer, customerId } = scene;
  await askToWiden(customer, actorsPassword, { kind: "trust-browser" });
  const other = await makeActor({ accountId: customerId });
  const outcome = await endCustomerSessions(requestOf(scene));
  expect(outcome).toEqual({ kind: "ended", sessions: 2, browsers: 1 });
  for (const { session } of [customer, other]) {
    expect(await findLiveSession(session.id)).toBeNull();
  }
  const filter = { accountId: customerId, endedAt: null };
  expect(await db.trustedBrowser.count({ where: filter })).toBe(0);
  const before = await traces(scene);
  expect(await endCustomerSessions(requestOf(scene))).toEqual({ kind: "none" });
  expect(await traces(scene)).toEqual(before);
});

test("forgetting a place ends the sessions from there; a gone or foreign one is said to be gone", async () => {
  const [scene, other] = [await makeScene(), await makeScene()];
  const { customerId } = scene;
  const away = await makeActor({ accountId: customerId, ip: elsewhere });
  const placeId = await placeIdOf(customerId);
  const outcome = await forgetPlace({ ...requestOf(scene), placeId });
  expect(outcome).toEqual({ kind: "forgotten", network: home });
  expect(await findLiveSession(scene.customer.session.id)).toBeNull();
  expect(await findLiveSession(away.session.id)).not.toBeNull();
  expect(await db.trustedPlace.count({ where: { accountId: customerId } })).toBe(0);
  const before = await traces(scene);
  for (const id of [placeId, await placeIdOf(other.customerId), randomUUID(), "x", ""]) {
    expect(await forgetPlace({ ...requestOf(scene), placeId: id })).toEqual({ kind: "place-gone" });
  }
  expect(await traces(scene)).toEqual(before);
  expect(await db.trustedPlace.count({ where: { accountId: other.customerId } })).toBe(1);
});

test("switching off ends sessions, browsers, pending sign-ins, links and changes of e-mail, and lets nobody in", async () => {
  const scene = await makeScene();
  const { customer, customerId, account } = scene;
  await askToWiden(customer, actorsPassword, { kind: "trust-browser" });
  await askEmailChange(customer, actorsPassword, `new-${randomUUID()}@example.com`);
  await requestReset(account.email, clientAt(elsewhere));
  await startSignIn(customerId);
  const proof = await passwordProof(customerId);
  expect((await switchOff(requestOf(scene))).kind).toBe("switched-off");
  const open = { accountId: customerId, endedAt: null };
  expect(await db.session.count({ where: open })).toBe(0);
  expect(await db.trustedBrowser.count({ where: open })).toBe(0);
  expect(await db.challenge.count({ where: open })).toBe(0);
  expect(await db.passwordReset.count({ where: open })).toBe(0);
  expect(await db.emailChange.count({ where: open })).toBe(0);
  const row = await db.account.findUniqueOrThrow({ where: { id: customerId } });
  expect(row).toMatchObject({ passwordOffBecause: "support", passwordOffAt: expect.any(Date) });
  const again = { accountId: customerId, client: clientAt(home), browserId: newBrowser() };
  const request = { ...again, callbackPath: null, earlier: null };
  expect((await signIn({ ...request, proof })).kind).not.toBe("entered");
  const fresh = await passwordProof(customerId);
  expect((await signIn({ ...request, proof: fresh })).kind).toBe("password-off");
});

test("a password that is off already is said to be, and nothing is recorded", async () => {
  const scene = await makeScene();
  await switchOff(requestOf(scene));
  const before = await traces(scene);
  expect(await switchOff(requestOf(scene))).toMatchObject({ kind: "already-off" });
  expect(await traces(scene)).toEqual(before);
});

test("a reset goes to the contact e-mail alone, and staff learn nothing of the link", async () => {
  const scene = await makeScene();
  const { customerId, account } = scene;
  const find = () => db.account.findUniqueOrThrow({ where: { id: customerId } });
  const { passwordHash } = await find();
  expect(await startReset(requestOf(scene))).toEqual({ kind: "reset-sent" });
  const links = await mailsOf(customerId, "password-reset");
  expect(links.map(({ recipient }) => recipient)).toEqual([account.email]);
  const [reset] = await db.passwordReset.findMany({ where: { accountId: customerId } });
  expect(reset?.endedAt).toBeNull();
  const [entry] = await auditOf(customerId);
  expect(JSON.stringify(entry?.details)).not.toContain(reset?.id);
  expect((await find()).passwordHash).toBe(passwordHash);
});

test("support and the customer together start three resets an hour; what was not sent does not count", async () => {
  const scene = await makeScene();
  const { customerId, account } = scene;
  await requestReset(account.email, clientAt(elsewhere));
  for (let time = 0; time < 5; time += 1) {
    expect((await startReset({ ...requestOf(scene), reason: "" })).kind).toBe("invalid");
  }
  expect((await startReset(requestOf(scene))).kind).toBe("reset-sent");
  expect((await startReset(requestOf(scene))).kind).toBe("reset-sent");
  const before = await traces(scene);
  expect(await startReset(requestOf(scene))).toMatchObject({
    kind: "too-often",
    until: expect.any(Date),
  });
  expect(await traces(scene)).toEqual(before);
  expect(await mailsOf(customerId, "password-reset")).toHaveLength(3);
});
