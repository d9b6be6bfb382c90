import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import { signIn } from "@/lib/sign-in/sign-in";
import { signInByPasskey, signInHolder } from "@/lib/sign-in/sign-in-passkey";
import { secondStepHolder, verifyPasskey } from "@/lib/sign-in/verify-passkey";
import { makeActor } from "@/lib/testing/actors";
import { type Authenticator, type Odd, strangeKey } from "@/lib/testing/authenticator";
import { stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp } from "@/lib/testing/factors";
import { askToUse, givePasskey } from "@/lib/testing/passkeys";
import { clientAt, cookieOf, newBrowser, passwordProof } from "@/lib/testing/people";
import { type BrowserKey, storeTrustedBrowser } from "@/lib/trusted-browser/store";

testDatabase();
stoppedClock();

const elsewhere = clientAt("198.51.100.9");

/** What comes of a passkey instead of the password. */
async function atDoor(
  authenticator: Authenticator,
  { odd = {}, browserId = newBrowser(), client = elsewhere, trustedBrowsers }: DoorOptions = {},
) {
  const { ceremony, get } = await askToUse(signInHolder(browserId));
  const sent = { ceremony, text: authenticator.get(get, odd) };
  return signInByPasskey({ sent, client, browserId, trustedBrowsers, earlier: null });
}

type DoorOptions = {
  odd?: Odd;
  browserId?: string;
  client?: typeof elsewhere;
  trustedBrowsers?: BrowserKey[];
};

const wordOf = (outcome: { kind: string; because?: unknown }) =>
  outcome.kind === "passkey-refused" ? outcome.because : outcome.kind;

test("a passkey lets in at a new network without a code, and trusts nothing", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const outcome = await atDoor(await givePasskey(actor));
  expect(outcome).toMatchObject({ kind: "entered", accountId });
  const session = await findLiveSession(outcome.kind === "entered" ? outcome.sessionId : "");
  expect(session).toMatchObject({ because: "passkey" });
  expect(session?.codeProvenAt).not.toBeNull();
  expect(session?.factorProvenAt).not.toBeNull();
  expect(await db.trustedPlace.count({ where: { accountId } })).toBe(1);
  expect(await db.mail.count({ where: { accountId } })).toBe(0);
});

test("what was switched off or blocked stays so, for staff at a trusted place too", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const authenticator = await givePasskey(actor);
  const until = new Date("2026-11-22T13:00:00Z");
  const block = { blockedAt: new Date(), blockedUntil: until };
  const places = { "198.51.100.9/32": "K7QM-2PX", "203.0.113.7/32": "K7QM-2PY" };
  const counted = { subject: accountId, wrong: 3, lastWrongAt: new Date(), ...block };
  await db.codeAttempts.createMany({
    data: Object.entries(places).map(([place, blockReference]) => ({
      ...counted,
      place,
      blockReference,
    })),
  });
  const home = clientAt("203.0.113.7");
  expect(wordOf(await atDoor(authenticator))).toBe("blocked");
  expect(wordOf(await atDoor(authenticator, { client: home }))).toBe("entered");
  await db.account.update({ where: { id: accountId }, data: { role: "support" } });
  expect(wordOf(await atDoor(authenticator, { client: home }))).toBe("blocked");
  await db.account.update({ where: { id: accountId }, data: { passwordOffAt: new Date() } });
  expect(wordOf(await atDoor(authenticator, { client: home }))).toBe("password-off");
});

test("a browser that wrong answers have blocked is let in by no passkey there, of staff and of customers", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const authenticator = await givePasskey(actor);
  const [blocked, other, home] = [newBrowser(), newBrowser(), clientAt("203.0.113.7")];
  const trusted = await storeTrustedBrowser(db, {
    ...{ accountId, browserId: other, userAgent: "Firefox", now: new Date() },
  });
  const times = { lastWrongAt: new Date(), blockedAt: new Date() };
  const until = new Date("2026-11-22T13:00:00Z");
  await db.codeAttempts.createMany({
    data: [`203.0.113.7/32@${blocked}`, `unknown@${trusted.id}`].map((place, at) => ({
      ...{ subject: accountId, place, wrong: 3, ...times, blockedUntil: until },
      blockReference: `K7QM-2P${at}`,
    })),
  });
  const shows = { trustedBrowsers: [trusted] };
  expect(wordOf(await atDoor(authenticator, shows))).toBe("blocked");
  expect(wordOf(await atDoor(authenticator, { ...shows, client: home }))).toBe("entered");
  for (const role of ["customer", "support"]) {
    await db.account.update({ where: { id: accountId }, data: { role } });
    expect(wordOf(await atDoor(authenticator, { client: home, browserId: blocked }))).toBe(
      "blocked",
    );
    expect(wordOf(await atDoor(authenticator, { client: home, browserId: other }))).toBe("entered");
    expect(wordOf(await atDoor(authenticator, { browserId: blocked }))).toBe("entered");
  }
});

test("without consent, of another key or without a look at who it is: nobody is let in", async () => {
  const actor = await makeActor();
  const own = await givePasskey(actor);
  const secondStep = await givePasskey(actor, { signsIn: false });
  const before = await db.session.count();
  expect(wordOf(await atDoor(secondStep))).toBe("not-agreed");
  expect(wordOf(await atDoor(own, { odd: { signedBy: strangeKey() } }))).toBe("wrong");
  expect(wordOf(await atDoor(own, { odd: { uv: false } }))).toBe("not-verified");
  expect(wordOf(await atDoor(own, { odd: { origin: "https://x.example" } }))).toBe("other-origin");
  expect(wordOf(await atDoor(own, { odd: { userHandle: null } }))).toBe("other-account");
  expect(await db.session.count()).toBe(before);
});

test("a key that nobody has is named, so that the browser may forget it", async () => {
  const actor = await makeActor();
  const authenticator = await givePasskey(actor);
  await db.passkey.deleteMany({ where: { accountId: actor.session.accountId } });
  expect(await atDoor(authenticator)).toMatchObject({
    because: "unknown-key",
    unknownKey: authenticator.id.toString("base64url"),
  });
  const forged = await atDoor(authenticator, { odd: { origin: "https://x.example" } });
  expect(forged).toMatchObject({ because: "other-origin", unknownKey: null });
});

test("of 30 answers at once one begins a session", async () => {
  const actor = await makeActor();
  const authenticator = await givePasskey(actor);
  const browserId = newBrowser();
  const { ceremony, get } = await askToUse(signInHolder(browserId));
  const sent = { ceremony, text: authenticator.get(get) };
  const request = { sent, client: elsewhere, browserId, earlier: null };
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => signInByPasskey(request)));
  const kinds = outcomes.map(wordOf);
  expect(kinds.filter((kind) => kind === "entered")).toHaveLength(1);
  expect(kinds.filter((kind) => kind === "used")).toHaveLength(29);
});

/** A pending sign-in whose password was right, in a browser of its own. */
async function pendingOf(accountId: string) {
  const browserId = newBrowser();
  const proof = await passwordProof(accountId);
  const request = { accountId, proof, browserId, callbackPath: null, earlier: null };
  const asked = await signIn({ ...request, client: elsewhere });
  if (asked.kind !== "factor-asked") throw new Error(`No factor was asked for: ${asked.kind}.`);
  const cookie = cookieOf(asked);
  const holder = secondStepHolder({ id: asked.challengeId, accountId }, browserId);
  return { browserId, cookie, holder, id: asked.challengeId };
}

type Pending = Awaited<ReturnType<typeof pendingOf>>;

async function atSecondStep(
  authenticator: Authenticator,
  { browserId, cookie, holder }: Pending,
  odd: Odd = {},
) {
  const { ceremony, get } = await askToUse(holder);
  const sent = { ceremony, text: authenticator.get(get, odd) };
  return verifyPasskey({ sent, cookie, shown: null, client: elsewhere, browserId });
}

test("a passkey is the second step of the one sign-in that asked, and trusts its network", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const authenticator = await givePasskey(actor, { signsIn: false });
  const pending = await pendingOf(accountId);
  expect(await atSecondStep(authenticator, pending)).toMatchObject({
    kind: "right",
    place: "known",
  });
  expect(wordOf(await atSecondStep(authenticator, pending))).toBe("used");
  const sessions = await db.session.findMany({ where: { accountId, because: "factor" } });
  expect(sessions).toHaveLength(1);
  expect(sessions[0]?.factorProvenAt).not.toBeNull();
});

test("an answer for one sign-in is worth nothing in another", async () => {
  const actor = await makeActor();
  const authenticator = await givePasskey(actor);
  const [one, other] = [
    await pendingOf(actor.session.accountId),
    await pendingOf(actor.session.accountId),
  ];
  const { ceremony, get } = await askToUse(one.holder);
  const sent = { ceremony, text: authenticator.get(get) };
  const { cookie, browserId } = other;
  const request = { sent, shown: null, client: elsewhere };
  expect(wordOf(await verifyPasskey({ ...request, cookie, browserId }))).toBe("not-asked");
  const mixed = { ...request, cookie, browserId: one.browserId };
  expect(wordOf(await verifyPasskey(mixed))).toBe("not-asked");
});

test("wrong answers cost no attempt: a signature cannot be guessed", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const authenticator = await givePasskey(actor);
  const pending = await pendingOf(accountId);
  for (let round = 0; round < 4; round += 1) {
    const answer = await atSecondStep(authenticator, pending, { signedBy: strangeKey() });
    expect(wordOf(answer)).toBe("wrong");
  }
  expect(await db.codeAttempts.count({ where: { subject: accountId } })).toBe(0);
  expect(wordOf(await atSecondStep(authenticator, pending))).toBe("right");
});

test("a passkey that signs in alone is no second step, nor is one of another account", async () => {
  const actor = await makeActor();
  const authenticator = await givePasskey(actor);
  const alone = await givePasskey(actor, { isSecondStep: false });
  const strangers = await givePasskey(await makeActor());
  const pending = await pendingOf(actor.session.accountId);
  expect(wordOf(await atSecondStep(alone, pending))).toBe("not-agreed");
  expect(wordOf(await atSecondStep(strangers, pending))).toBe("other-account");
  expect(wordOf(await atSecondStep(authenticator, pending))).toBe("right");
});

test.each(["the removal first", "the sign-in first"])(
  "a passkey that is removed while it signs in, %s: ten rounds",
  async (order) => {
    for (let round = 0; round < 10; round += 1) {
      const actor = await makeActor();
      const { accountId } = actor.session;
      const authenticator = await givePasskey(actor);
      const browserId = newBrowser();
      const { ceremony, get } = await askToUse(signInHolder(browserId));
      const sent = { ceremony, text: authenticator.get(get) };
      const passkey = await db.passkey.findFirstOrThrow({ where: { accountId } });
      let isRemoved = false;
      const remove = () =>
        inTransaction(async (tx) => {
          await lockSubject(tx, accountId);
          isRemoved = (await tx.passkey.deleteMany({ where: { id: passkey.id } })).count === 1;
          return tx.session.count({ where: { accountId, because: "passkey" } });
        });
      const enter = () => signInByPasskey({ sent, client: elsewhere, browserId, earlier: null });
      const [first, second] = order === "the removal first" ? [remove, enter] : [enter, remove];
      const results = await Promise.all([first(), second()]);
      const outcome = results.find((result) => typeof result === "object");
      const seen = results.find((result) => typeof result === "number");
      expect(isRemoved).toBe(true);
      // Whichever was first under the lock, the other saw it.
      expect(typeof outcome === "object" && wordOf(outcome)).toBe(
        seen === 1 ? "entered" : "unknown-key",
      );
    }
  },
);

test("a passkey that only signs in proves no second step, but for staff, who could not get in by it else", async () => {
  const provenBy = async (role: string, isSecondStep: boolean) => {
    const actor = await makeActor();
    const { accountId } = actor.session;
    await addApp(accountId);
    await db.account.update({ where: { id: accountId }, data: { role } });
    const outcome = await atDoor(await givePasskey(actor, { isSecondStep }));
    const id = outcome.kind === "entered" ? outcome.sessionId : "";
    return (await db.session.findUniqueOrThrow({ where: { id } })).factorProvenAt !== null;
  };
  expect(await provenBy("customer", true)).toBe(true);
  expect(await provenBy("customer", false)).toBe(false);
  expect(await provenBy("support", false)).toBe(true);
});
