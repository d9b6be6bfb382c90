import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { listPlaces } from "@/lib/places/list-places";
import { changePassword } from "@/lib/recovery/change-password";
import { codeOf } from "@/lib/secrets/code";
import { signIn } from "@/lib/sign-in/sign-in";
import { actorsPassword, addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, otherCode, passwordProof } from "@/lib/testing/people";
import { askToWiden } from "@/lib/widening/ask-to-widen";
import { confirmWidening } from "@/lib/widening/confirm-widening";
import {
  cancelWidening,
  readPendingWidening,
  resendWideningCode,
} from "@/lib/widening/pending-widening";
import type { WideningRequest } from "@/lib/widening/widening-request";

testDatabase();
stoppedClock();

type Actor = Awaited<ReturnType<typeof makeActor>>;

const place: WideningRequest = { kind: "add-place", network: "198.51.100.0/24", name: null };
const requests: WideningRequest[] = [
  place,
  { kind: "trust-browser" },
  { kind: "add-address", email: "second@example.com" },
];

/** A neighbour behind a known address: in with the password alone. */
const neighbour = () => makeActor({ codeProven: false });

async function codeFor({ session }: Actor): Promise<string> {
  const challenge = await db.challenge.findFirstOrThrow({
    where: { sessionId: session.id },
    orderBy: { createdAt: "desc" },
  });
  return codeOf(challenge) ?? "";
}

/** Whether anything that widens access came to be. */
async function isWidened({ session, client }: Actor): Promise<boolean> {
  const filter = { accountId: session.accountId };
  const places = await listPlaces(session, client);
  const [browsers, addresses] = [
    await db.trustedBrowser.count({ where: filter }),
    await db.furtherAddress.count({ where: filter }),
  ];
  return places.length > 1 || browsers + addresses > 0;
}

test.each(requests)(
  "$kind: a session that began with a code needs the password alone",
  async (request) => {
    const actor = await makeActor();
    expect((await askToWiden(actor, actorsPassword, request)).kind).toBe("done");
    expect(await isWidened(actor)).toBe(true);
  },
);

test.each(requests)("$kind: a wrong or missing password changes nothing", async (request) => {
  const actor = await makeActor();
  expect(await askToWiden(actor, "wrong", request)).toEqual({ kind: "password-wrong" });
  expect(await askToWiden(actor, "", request)).toEqual({ kind: "password-missing" });
  expect(await isWidened(actor)).toBe(false);
});

test.each(requests)(
  "$kind: a neighbour behind a known address gains nothing without the code",
  async (request) => {
    const actor = await neighbour();
    expect(await askToWiden(actor, actorsPassword, request)).toEqual({ kind: "code-asked" });
    expect(await isWidened(actor)).toBe(false);
    expect(await confirmWidening(actor, otherCode(await codeFor(actor)), null)).toEqual({
      kind: "wrong",
      attemptsLeft: 2,
    });
    expect(await isWidened(actor)).toBe(false);
  },
);

test.each(requests)(
  "$kind: the right code carries it out, once, and proves the session",
  async (request) => {
    const actor = await neighbour();
    await askToWiden(actor, actorsPassword, request);
    const code = await codeFor(actor);
    const outcomes = await Promise.all([1, 2, 3].map(() => confirmWidening(actor, code, null)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["done", "over", "over"]);
    expect(await isWidened(actor)).toBe(true);
    const row = await db.session.findUniqueOrThrow({ where: { id: actor.session.id } });
    expect(row.codeProvenAt).toEqual(start);
    expect(
      (await askToWiden(actor, actorsPassword, { ...place, network: "192.0.2.1/32" })).kind,
    ).toBe("done");
  },
);

test("the code goes to every confirmed address, with the same six digits", async () => {
  const actor = await neighbour();
  const { accountId, account } = actor.session;
  await addFurther(accountId, "second@example.com");
  await askToWiden(actor, actorsPassword, place);
  const mails = await mailsOf(accountId, "widening-code");
  expect(mails.map(({ recipient }) => recipient).sort()).toEqual(
    [account.email, "second@example.com"].sort(),
  );
  expect(new Set(mails.map(({ challengeId }) => challengeId)).size).toBe(1);
});

test("the code of one session grants nothing in another", async () => {
  const actor = await neighbour();
  const other = await makeActor({ accountId: actor.session.accountId, codeProven: false });
  await askToWiden(actor, actorsPassword, place);
  const code = await codeFor(actor);
  expect(await confirmWidening(other, code, null)).toEqual({ kind: "nothing-pending" });
  expect(await isWidened(actor)).toBe(false);
});

test("three wrong codes block such requests from here for an hour, and nothing else", async () => {
  const actor = await neighbour();
  await askToWiden(actor, actorsPassword, place);
  const wrong = otherCode(await codeFor(actor));
  await confirmWidening(actor, wrong, null);
  await confirmWidening(actor, wrong, null);
  const third = await confirmWidening(actor, wrong, null);
  expect(third).toMatchObject({ kind: "blocked", until: new Date("2026-11-22T13:00:00Z") });
  expect(await confirmWidening(actor, await codeFor(actor), null)).toMatchObject({
    kind: "blocked",
  });
  expect((await askToWiden(actor, actorsPassword, place)).kind).toBe("blocked");
  const { accountId } = actor.session;
  await db.trustedPlace.deleteMany({ where: { accountId } });
  const signsIn = await signIn({
    ...actor,
    accountId,
    proof: await passwordProof(accountId),
    callbackPath: null,
    earlier: null,
  });
  expect(signsIn.kind).toBe("code-asked");
  const elsewhere = { ...actor, client: clientAt("192.0.2.50") };
  expect((await askToWiden(elsewhere, actorsPassword, place)).kind).toBe("code-asked");
  later(60);
  expect((await askToWiden(actor, actorsPassword, place)).kind).toBe("code-asked");
  expect(await isWidened(actor)).toBe(false);
});

test("a code lives ten minutes", async () => {
  const actor = await neighbour();
  await askToWiden(actor, actorsPassword, place);
  const code = await codeFor(actor);
  later(10);
  expect(await confirmWidening(actor, code, null)).toEqual({ kind: "over" });
  expect((await readPendingWidening(actor.session))?.state).toEqual({ kind: "expired" });
  expect(await isWidened(actor)).toBe(false);
});

test("a newer request replaces the one before, whose code no longer counts", async () => {
  const actor = await neighbour();
  await askToWiden(actor, actorsPassword, place);
  const [first, code] = [await readPendingWidening(actor.session), await codeFor(actor)];
  later(1);
  await askToWiden(actor, actorsPassword, { kind: "trust-browser" });
  expect(await confirmWidening(actor, code, first?.id ?? null)).toEqual({ kind: "newer-request" });
  expect((await confirmWidening(actor, code, null)).kind).toBe("wrong");
  expect(await isWidened(actor)).toBe(false);
});

test("an account gets five such codes an hour", async () => {
  const actor = await neighbour();
  for (let asked = 0; asked < 5; asked += 1) {
    later(asked);
    expect((await askToWiden(actor, actorsPassword, place)).kind).toBe("code-asked");
  }
  later(5);
  expect(await askToWiden(actor, actorsPassword, place)).toEqual({
    kind: "codes-used-up",
    until: new Date("2026-11-22T13:00:00Z"),
  });
});

test("a request that was taken back grants nothing", async () => {
  const actor = await neighbour();
  await askToWiden(actor, actorsPassword, place);
  const code = await codeFor(actor);
  expect(await cancelWidening(actor.session)).toBe(true);
  expect(await confirmWidening(actor, code, null)).toEqual({ kind: "nothing-pending" });
  expect(await cancelWidening(actor.session)).toBe(false);
  expect(await isWidened(actor)).toBe(false);
});

test("the same code is sent again after half a minute, to its end", async () => {
  const actor = await neighbour();
  await askToWiden(actor, actorsPassword, place);
  expect(await resendWideningCode(actor.session)).toMatchObject({ kind: "too-early" });
  later(1);
  expect(await resendWideningCode(actor.session)).toMatchObject({ kind: "sent" });
  const mails = await mailsOf(actor.session.accountId, "widening-code");
  expect(new Set(mails.map(({ challengeId }) => challengeId)).size).toBe(1);
  expect(mails).toHaveLength(2);
});

test("what is not six digits costs no attempt", async () => {
  const actor = await neighbour();
  await askToWiden(actor, actorsPassword, place);
  expect(await confirmWidening(actor, "12345", null)).toEqual({ kind: "not-a-code" });
  expect((await readPendingWidening(actor.session))?.attemptsLeft).toBe(3);
});

test("a new password ends a request that was asked for with the old one", async () => {
  const actor = await neighbour();
  await askToWiden(actor, actorsPassword, place);
  const code = await codeFor(actor);
  const newPassword = "another long passphrase";
  const request = { ...actor, currentPassword: actorsPassword, newPassword };
  expect((await changePassword({ ...request, signOutElsewhere: false })).kind).toBe("changed");
  expect(await isWidened(actor)).toBe(false);
  const session = await findLiveSession(actor.session.id);
  if (session === null) throw new Error("The session that changed the password has ended.");
  expect(await confirmWidening({ ...actor, session }, code, null)).toEqual({ kind: "over" });
  expect(await isWidened(actor)).toBe(false);
});

test("a session that was ended meanwhile is granted nothing", async () => {
  const actor = await neighbour();
  await askToWiden(actor, actorsPassword, place);
  const code = await codeFor(actor);
  await db.session.update({ where: { id: actor.session.id }, data: { endedAt: start } });
  expect(await confirmWidening(actor, code, null)).toEqual({ kind: "signed-out" });
  expect(await isWidened(actor)).toBe(false);
});
