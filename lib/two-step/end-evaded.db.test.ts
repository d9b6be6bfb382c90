import { afterEach, expect, test } from "vitest";
import { storeNotifiedOf } from "@/lib/account/notice-window-store";
import { recordOwnChange } from "@/lib/account/record-change";
import type { NotifiedOf } from "@/lib/account/rules/notified-of";
import { confirmByLink, readConfirmable } from "@/lib/contact/confirm";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { resetEnvironment } from "@/lib/env/env";
import { readNotMePage } from "@/lib/not-me/not-me-page";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { findLiveNotified } from "@/lib/not-me/store";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { giveRole } from "@/lib/staff/give-role";
import { actorsPassword, addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { accountOf, owner, tokenIn } from "@/lib/testing/break-in";
import { queueUp } from "@/lib/testing/case-review";
import { hoursAfter, later, laterHours, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import {
  addApp,
  addPasskeyRow,
  addRecoveryCodes,
  madePasskey,
  turnOn,
} from "@/lib/testing/factors";
import { freshAddress, newBrowser } from "@/lib/testing/people";
import { addPasskey } from "@/lib/two-step/add-passkey";
import { allowPasskey, narrowPasskey } from "@/lib/two-step/change-passkey";
import { endDueFactors } from "@/lib/two-step/end-due-factors";
import { makeRecoveryCodes } from "@/lib/two-step/make-recovery-codes";
import { countFactors } from "@/lib/two-step/page-store";
import { removeFactor } from "@/lib/two-step/remove-factor";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();
afterEach(() => {
  delete process.env.TWO_STEP_REQUIRED;
  resetEnvironment();
});

type Actor = Awaited<ReturnType<typeof makeActor>>;

const asSecondStep = { signsIn: false, isSecondStep: true };

async function addKey(actor: Actor, consents: { signsIn: boolean; isSecondStep: boolean }) {
  const passkey = madePasskey();
  await inTransaction((tx) => addPasskey(tx, actor, { ...consents, passkey }, new Date()));
  const { accountId } = actor.session;
  const credentialId = new Uint8Array(Buffer.from(passkey.credentialId, "base64url"));
  return db.passkey.findFirstOrThrow({ where: { accountId, credentialId } });
}

/** How whoever has a stolen session adds their second factor, and the kind of the mail about it. */
const seconds: Record<string, { mail: string; add: (thief: Actor) => Promise<unknown> }> = {
  "another app": { mail: "factor-added", add: (thief) => turnOn(thief, "Theirs, too") },
  "a passkey": { mail: "factor-added", add: (thief) => addKey(thief, asSecondStep) },
  "a passkey that is made a second step": {
    mail: "passkey-changed",
    add: async (thief) => {
      const { id } = await addKey(thief, { signsIn: true, isSecondStep: false });
      await inTransaction((tx) => allowPasskey(tx, thief, { id, ...asSecondStep }, new Date()));
    },
  },
};

test.each(Object.keys(seconds))(
  "whoever removes the first factor of their own keeps no second one by it: %s",
  async (name) => {
    const thief = await makeActor();
    const { accountId } = thief.session;
    const first = await turnOn(thief, "Theirs");
    const second = seconds[name];
    later(61);
    await second?.add(thief);
    const [answer = ""] = await addRecoveryCodes(accountId);
    const asked = { what: "app", id: first.id, password: actorsPassword, answer } as const;
    expect((await removeFactor(thief, asked)).kind).toBe("removed");
    const pressed = await pressNotMe(await tokenIn(thief, second?.mail ?? ""), owner);
    expect(pressed).toMatchObject({ factor: "stays" });
    expect((await accountOf(thief)).factorsEndAt).not.toBeNull();
    laterHours(26);
    await endDueFactors();
    expect(await countFactors(db, accountId)).toBe(0);
    expect(await mailsOf(accountId, "factors-ended")).toHaveLength(1);
  },
);

test("a factor beside one of another session, or of one that nobody noted, is not the first", async () => {
  const owners = await makeActor();
  const { accountId } = owners.session;
  const own = await turnOn(owners, "Mine");
  const thief = await makeActor({ accountId });
  for (const sessionId of [owners.session.id, null]) {
    await db.authenticatorApp.update({ where: { id: own.id }, data: { sessionId } });
    await turnOn(thief, "Theirs");
    await addKey(thief, asSecondStep);
  }
  const links = await findLiveNotified(db, accountId, new Date());
  const firsts = links.filter((about) => JSON.stringify(about).includes('"isFirst":true'));
  expect(firsts).toHaveLength(1);
});

/** An account of which the version before announced that all its factors end: it named none. */
async function announcedBefore() {
  const { session } = await makeActor();
  const { accountId } = session;
  await db.account.update({
    where: { id: accountId },
    data: { factorsEndAt: hoursAfter(24), factorsEndOf: null },
  });
  return accountId;
}

test("what the version before announced is done as it was announced: all factors go", async () => {
  const accountId = await announcedBefore();
  await addApp(accountId, "First");
  await addPasskeyRow(accountId);
  await addRecoveryCodes(accountId);
  laterHours(23.9);
  await endDueFactors();
  expect(await countFactors(db, accountId)).toBe(2);
  laterHours(24);
  await endDueFactors();
  expect(await countFactors(db, accountId)).toBe(0);
  expect(await db.recoveryCode.count({ where: { accountId } })).toBe(0);
  expect(await mailsOf(accountId, "factors-ended")).toHaveLength(1);
});

test("of what the version before announced only that goes which was there then", async () => {
  const accountId = await announcedBefore();
  laterHours(1);
  await addApp(accountId, "Since");
  laterHours(24);
  await endDueFactors();
  expect(await countFactors(db, accountId)).toBe(1);
  expect(await mailsOf(accountId, "factors-ended")).toEqual([]);
  const { factorsEndAt } = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  expect(factorsEndAt).toBeNull();
});

/** What whoever stole a session does after the first factor of theirs; each is mailed, with a link. */
const afterwards: Record<string, (thief: Actor) => Promise<unknown>> = {
  "recovery-codes-made": (thief) => inTransaction((tx) => makeRecoveryCodes(tx, thief, new Date())),
  "sessions-ended": (thief) =>
    inTransaction((tx) => recordOwnChange(tx, thief, { kind: "sessions-ended", now: new Date() })),
};

test.each(Object.keys(afterwards))(
  "whichever mail is pressed first, the very first factor is announced to end: %s",
  async (kind) => {
    const thief = await makeActor();
    const { accountId } = thief.session;
    await turnOn(thief, "Theirs");
    later(61);
    await afterwards[kind]?.(thief);
    const token = await tokenIn(thief, kind);
    expect(await readNotMePage(token)).toMatchObject({
      factors: { steps: [], first: { name: "Theirs" }, mayRemove: false },
    });
    expect(await pressNotMe(token, owner)).toMatchObject({
      factor: "stays",
      factorsEndAt: hoursAfter(24 + 61 / 60),
    });
    laterHours(26);
    await endDueFactors();
    expect(await countFactors(db, accountId)).toBe(0);
  },
);

test("a first factor of which no mail works any more is not announced to end with another mail", async () => {
  const thief = await makeActor();
  const { accountId } = thief.session;
  await turnOn(thief, "Mine");
  laterHours(7 * 24);
  await afterwards["sessions-ended"]?.(await makeActor({ accountId }));
  const token = await tokenIn(thief, "sessions-ended");
  expect(await readNotMePage(token)).toMatchObject({ factors: null });
  expect(await pressNotMe(token, owner)).toMatchObject({ factor: "none", factorsEndAt: null });
});

test("a link of the account's that cannot be read keeps no other one from working", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  await turnOn(actor, "Theirs");
  await afterwards["sessions-ended"]?.(actor);
  const token = await tokenIn(actor, "sessions-ended");
  const unreadable = { mail: "factor-added" } as NotifiedOf;
  const first = await db.mail.findFirstOrThrow({ where: { accountId, kind: "factor-added" } });
  await storeNotifiedOf(db, first.notMeId ?? "", unreadable);
  expect(await pressNotMe(token, owner)).toMatchObject({ kind: "secured", factorsEndAt: null });
});

/** A first factor and passkeys that sign in, of one session; another one, of another. Its mail is pressed. */
async function pressedWithKeys() {
  const owners = await makeActor();
  const { accountId } = owners.session;
  const mine = await addKey(owners, { signsIn: true, isSecondStep: false });
  const thief = await makeActor({ accountId });
  await turnOn(thief, "Theirs");
  const alone = await addKey(thief, { signsIn: true, isSecondStep: false });
  const both = await addKey(thief, { signsIn: true, isSecondStep: true });
  const about = { path: ["about", "what"], equals: "app" };
  const mail = await db.mail.findFirstOrThrow({ where: { accountId, facts: about } });
  const link = await db.accountLink.findUniqueOrThrow({ where: { id: mail.notMeId ?? "" } });
  const token = linkTokenOf("not-me", link);
  const page = await readNotMePage(token);
  const outcome = await pressNotMe(token, owner);
  return { accountId, mine, alone, both, page, outcome };
}

test("with the announcement no passkey of that session signs in any more, and each is mailed", async () => {
  const { accountId, mine, both, page, outcome } = await pressedWithKeys();
  expect(page).toMatchObject({ factors: { signingIn: ["Passkey"] } });
  expect(outcome).toMatchObject({ kind: "secured", factorsEndAt: hoursAfter(24) });
  const left = await db.passkey.findMany({ where: { accountId }, orderBy: { createdAt: "asc" } });
  const signing = left.map(({ id, signsIn, isSecondStep }) => ({ id, signsIn, isSecondStep }));
  expect(signing).toHaveLength(2);
  expect(signing).toContainEqual({ id: mine.id, signsIn: true, isSecondStep: false });
  expect(signing).toContainEqual({ id: both.id, signsIn: false, isSecondStep: true });
  expect(await mailsOf(accountId, "factor-removed")).toHaveLength(1);
  expect(await mailsOf(accountId, "passkey-changed")).toHaveLength(1);
});

test("while it is announced a passkey that only signs in can be removed, and one taken that from", async () => {
  const { accountId, mine } = await pressedWithKeys();
  const both = await addPasskeyRow(accountId);
  await db.passkey.update({ where: { id: both.id }, data: { signsIn: true } });
  await db.account.update({ where: { id: accountId }, data: { passwordOffAt: null } });
  const actor = await makeActor({ accountId });
  const asked = { what: "passkey", id: both.id, password: actorsPassword } as const;
  const [answer = ""] = await addRecoveryCodes(accountId);
  expect((await removeFactor(actor, { ...asked, answer })).kind).toBe("frozen");
  const narrowed = await narrowPasskey(actor, actorsPassword, { id: both.id, ...asSecondStep });
  expect(narrowed.kind).toBe("passkey-allowed");
  const removed = await removeFactor(actor, { ...asked, id: mine.id, answer: "" });
  expect(removed).toMatchObject({ kind: "removed", wasLast: false });
  expect(await db.passkey.count({ where: { accountId, signsIn: true } })).toBe(0);
  expect((await accountOf(actor)).factorsEndAt).not.toBeNull();
});

test("a passkey that a browser made and that session let sign in goes with the end too", async () => {
  const thief = await makeActor();
  const { accountId } = thief.session;
  await turnOn(thief, "Theirs");
  const { id } = await addPasskeyRow(accountId);
  const nothing = { isSecondStep: false, signsIn: false };
  await db.passkey.update({ where: { id }, data: nothing });
  const asked = { id, signsIn: true, isSecondStep: false };
  await inTransaction((tx) => allowPasskey(tx, thief, asked, new Date()));
  await pressNotMe(await tokenIn(thief, "factor-added"), owner);
  expect(await db.passkey.count({ where: { accountId, signsIn: true } })).toBe(0);
});

test("one that its owner let sign in before stays its owner's, whoever makes it do more", async () => {
  const owners = await makeActor();
  const { accountId } = owners.session;
  const { id } = await addKey(owners, asSecondStep);
  const other = await makeActor({ accountId });
  const both = { id, signsIn: true, isSecondStep: true };
  await inTransaction((tx) => allowPasskey(tx, other, both, new Date()));
  const { sessionId } = await db.passkey.findUniqueOrThrow({ where: { id } });
  expect(sessionId).toBe(owners.session.id);
});

/** A link that confirms a further address which whoever stole a session has asked for. */
async function askedAddress(thief: Actor) {
  const asked = { kind: "add-address", email: freshAddress() } as const;
  expect((await askToWiden(thief, actorsPassword, asked)).kind).toBe("done");
  const { accountId } = thief.session;
  const filter = { accountId, purpose: "confirm-address" };
  const link = await db.accountLink.findFirstOrThrow({ where: filter });
  return { email: asked.email, token: linkTokenOf("confirm-address", link) };
}

test("an address that was asked for before the press is confirmed no more, whatever the mail was about", async () => {
  const thief = await makeActor();
  const { accountId } = thief.session;
  const confirmed = await addFurther(accountId, freshAddress());
  const { email, token } = await askedAddress(thief);
  await afterwards["sessions-ended"]?.(thief);
  await pressNotMe(await tokenIn(thief, "sessions-ended"), owner);
  expect(await readConfirmable(token)).toMatchObject({ state: { kind: "removed" } });
  expect((await confirmByLink(token, owner)).kind).toBe("over");
  expect(await db.furtherAddress.findMany({ where: { accountId } })).toMatchObject([
    { id: confirmed },
  ]);
  const mails = await mailsOf(accountId, "account-secured");
  expect(mails.map(({ recipient }) => recipient)).not.toContain(email);
});

test.each(Array.from({ length: 10 }, (_, round) => ({ round, confirmsFirst: round % 2 === 0 })))(
  "confirmed and pressed at one moment, round $round: it is an address or it is gone, and none waits",
  async ({ confirmsFirst }) => {
    const thief = await makeActor();
    const { accountId } = thief.session;
    const { token } = await askedAddress(thief);
    await afterwards["sessions-ended"]?.(thief);
    const pressed = await tokenIn(thief, "sessions-ended");
    const confirm = async () => (await confirmByLink(token, owner)).kind;
    const press = async () => (await pressNotMe(pressed, owner)).kind;
    const works: (() => Promise<string>)[] = confirmsFirst ? [confirm, press] : [press, confirm];
    const outcomes = await queueUp(accountId, works);
    expect(outcomes).toContain("secured");
    const left = await db.furtherAddress.findMany({ where: { accountId } });
    expect(left).toHaveLength(outcomes.includes("confirmed") ? 1 : 0);
    expect(left.every(({ confirmedAt }) => confirmedAt !== null)).toBe(true);
  },
);

/** How a customer of which a factor is announced to end comes to have to have one. */
const requirings: Record<string, (accountId: string) => Promise<unknown> | unknown> = {
  "a role of the staff, by whatever gave it": (id) =>
    db.account.update({ where: { id }, data: { role: "support" } }),
  TWO_STEP_REQUIRED: () => {
    process.env.TWO_STEP_REQUIRED = "customer";
    resetEnvironment();
  },
};

test.each(Object.keys(requirings))(
  "whoever must have one by its end keeps it: %s",
  async (name) => {
    const thief = await makeActor();
    const { accountId } = thief.session;
    await turnOn(thief);
    await pressNotMe(await tokenIn(thief, "factor-added"), owner);
    await requirings[name]?.(accountId);
    laterHours(25);
    await endDueFactors();
    expect(await countFactors(db, accountId)).toBe(1);
    expect(await accountOf(thief)).toMatchObject({ factorsEndAt: null, factorsEndOf: null });
    expect(await mailsOf(accountId, "factors-ended")).toEqual([]);
  },
);

test("a role that must have one takes the announcement back at once, and customer does not", async () => {
  const thief = await makeActor();
  const { accountId } = thief.session;
  await turnOn(thief);
  await pressNotMe(await tokenIn(thief, "factor-added"), owner);
  await inTransaction((tx) => giveRole(tx, accountId, "customer", new Date()));
  expect((await accountOf(thief)).factorsEndAt).not.toBeNull();
  await inTransaction((tx) => giveRole(tx, accountId, "support", new Date()));
  expect((await accountOf(thief)).factorsEndAt).toBeNull();
});

test("the page promises the staff no end that never comes", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  await turnOn(actor);
  const token = await tokenIn(actor, "factor-added");
  expect(await readNotMePage(token)).toMatchObject({ factors: { first: { name: "Phone" } } });
  await db.account.update({ where: { id: accountId }, data: { role: "support" } });
  expect(await readNotMePage(token)).toMatchObject({
    factors: { first: null, steps: [{ name: "Phone" }] },
  });
  expect(await pressNotMe(token, owner)).toMatchObject({ factor: "stays", factorsEndAt: null });
});

/** The kinds of the mails of an account whose links "that was not me" work. */
async function liveMails(accountId: string) {
  const links = await db.accountLink.findMany({ where: { accountId, endedAt: null } });
  const notMeId = { in: links.map(({ id }) => id) };
  const mails = await db.mail.findMany({ where: { accountId, notMeId } });
  return mails.map(({ kind }) => kind).sort();
}

test("the mails that a press causes have links that work: of a passkey that signs in no more", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  await addKey(actor, { signsIn: true, isSecondStep: false });
  await pressNotMe(await tokenIn(actor, "factor-added"), owner);
  expect(await liveMails(accountId)).toEqual(["account-secured", "factor-removed"]);
  const other = await makeActor();
  await addKey(other, { signsIn: true, isSecondStep: true });
  await db.passkey.updateMany({
    where: { accountId: other.session.accountId },
    data: { sessionId: null },
  });
  await pressNotMe(await tokenIn(other, "factor-added"), owner);
  expect(await liveMails(other.session.accountId)).toEqual([
    "account-secured",
    "factors-end-asked",
    "passkey-changed",
  ]);
});

test("the mails that a press causes have links that work: of a factor that it removed", async () => {
  const owners = await makeActor();
  const { accountId } = owners.session;
  const own = await turnOn(owners, "Mine");
  later(61);
  const thief = await makeActor({ accountId });
  await turnOn(thief, "Theirs");
  const typed = { password: actorsPassword, answer: own.codeNow(), browserId: newBrowser() };
  const outcome = await pressNotMe(await tokenIn(thief, "factor-added"), owner, typed);
  expect(outcome).toMatchObject({ factor: "removed", factorsEndAt: null });
  expect(await liveMails(accountId)).toEqual(["account-secured", "factor-removed"]);
});

test("an answer of a passkey that is too old stops no press that needs none", async () => {
  const owners = await makeActor();
  const { accountId } = owners.session;
  await turnOn(owners, "Mine");
  const theirs = await turnOn(await makeActor({ accountId }), "Theirs");
  const token = await tokenIn(owners, "factor-added");
  const typed = { password: "", answer: "", refused: "expired", browserId: newBrowser() } as const;
  expect(await pressNotMe(token, owner, typed)).toEqual({
    kind: "passkey-refused",
    because: "expired",
  });
  expect((await accountOf(owners)).passwordOffAt).toBeNull();
  await db.authenticatorApp.delete({ where: { id: theirs.id } });
  await db.authenticatorApp.deleteMany({ where: { accountId } });
  expect((await pressNotMe(token, owner, typed)).kind).toBe("secured");
  expect((await accountOf(owners)).passwordOffAt).not.toBeNull();
});
