import { expect, test } from "vitest";
import { recordOwnChange } from "@/lib/account/record-change";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { readNotMePage } from "@/lib/not-me/not-me-page";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import {
  activitiesOf,
  actorsPassword,
  addFurther,
  mailsOf,
  makeActor,
  signInFrom,
} from "@/lib/testing/actors";
import { owner, tokenIn } from "@/lib/testing/break-in";
import { queueUp } from "@/lib/testing/case-review";
import { hoursAfter, later, laterHours, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp, addPasskeyRow, addRecoveryCodes } from "@/lib/testing/factors";
import { freshAddress } from "@/lib/testing/people";
import { allowPasskey } from "@/lib/two-step/change-passkey";
import { endDueFactors } from "@/lib/two-step/end-due-factors";
import { factorsEnding, keepFactors } from "@/lib/two-step/keep-factors";
import { makeRecoveryCodes } from "@/lib/two-step/make-recovery-codes";
import { removeFactor } from "@/lib/two-step/remove-factor";
import { turnOnApp } from "@/lib/two-step/turn-on-app";
import { askToWiden } from "@/lib/widening/ask-to-widen";
import { confirmWidening } from "@/lib/widening/confirm-widening";

testDatabase();
stoppedClock();

type Actor = Awaited<ReturnType<typeof makeActor>>;

/** Whoever is in an account turns an app on, as the page does once its code was right. */
async function turnOn(actor: Actor, name = "Phone") {
  const { id: sessionId, accountId } = actor.session;
  const app = await addApp(accountId, name);
  const data = { confirmedAt: null, lastStep: 1, sessionId };
  await db.authenticatorApp.update({ where: { id: app.id }, data });
  await inTransaction((tx) => turnOnApp(tx, actor, { appId: app.id, name }, new Date()));
  return app;
}

const accountOf = (accountId: string) => db.account.findUniqueOrThrow({ where: { id: accountId } });
const factorsOf = (accountId: string) => db.authenticatorApp.count({ where: { accountId } });

/** A customer whose first app was added, and the press on the mail about it. */
async function objected() {
  const victim = await makeActor();
  const { accountId } = victim.session;
  await turnOn(victim);
  await addRecoveryCodes(accountId);
  const token = await tokenIn(victim, "factor-added");
  const outcome = await pressNotMe(token, owner);
  return { victim, accountId, outcome };
}

test("N7 “that was not me” about the very first factor takes nothing at once, and every address learns when it goes", async () => {
  const victim = await makeActor();
  const { accountId, account } = victim.session;
  const second = freshAddress();
  await addFurther(accountId, second);
  await turnOn(victim);
  const token = await tokenIn(victim, "factor-added", account.email);
  expect(await readNotMePage(token)).toMatchObject({
    factors: { first: { what: "app", name: "Phone" }, mayRemove: false },
  });
  const outcome = await pressNotMe(token, owner);
  const until = hoursAfter(24);
  expect(outcome).toMatchObject({ kind: "secured", factor: "stays", factorsEndAt: until });
  expect(await factorsOf(accountId)).toBe(1);
  expect(await accountOf(accountId)).toMatchObject({ factorsEndAt: until });
  expect(await findLiveSession(victim.session.id)).toBeNull();
  const mails = await mailsOf(accountId, "factors-end-asked");
  expect(mails.map(({ recipient }) => recipient).sort()).toEqual([account.email, second].sort());
  expect(mails[0]?.facts).toMatchObject({ until: until.toISOString() });
});

test("about a later factor, and about anything else, no factor goes and none is announced to", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  await turnOn(victim, "Mine");
  later(61);
  await turnOn(victim, "Theirs");
  const token = await tokenIn(victim, "factor-added");
  expect(await readNotMePage(token)).toMatchObject({ factors: { first: null, mayRemove: true } });
  expect(await pressNotMe(token, owner)).toMatchObject({ factor: "stays", factorsEndAt: null });
  const other = await makeActor();
  await turnOn(other);
  await endOthers(other);
  const about = await tokenIn(other, "sessions-ended");
  expect(await pressNotMe(about, owner)).toMatchObject({ factor: "none", factorsEndAt: null });
  laterHours(100);
  await endDueFactors();
  expect(await factorsOf(accountId)).toBe(2);
  expect(await factorsOf(other.session.accountId)).toBe(1);
});

const endOthers = (actor: Actor) =>
  inTransaction((tx) => recordOwnChange(tx, actor, { kind: "sessions-ended", now: new Date() }));

test("after 24 hours all factors and recovery codes go, sign-ins that ask for them end, once, mailed and written down", async () => {
  const { accountId } = await objected();
  await db.account.update({ where: { id: accountId }, data: { passwordOffAt: null } });
  laterHours(23.9);
  expect((await signInFrom(accountId, "198.51.100.77")).kind).toBe("factor-asked");
  await endDueFactors();
  expect(await factorsOf(accountId)).toBe(1);
  laterHours(24);
  await queueUp(accountId, [endDueFactors, endDueFactors, endDueFactors]);
  await endDueFactors();
  expect(await factorsOf(accountId)).toBe(0);
  expect(await db.recoveryCode.count({ where: { accountId } })).toBe(0);
  expect(await accountOf(accountId)).toMatchObject({ factorsEndAt: null });
  const pending = await db.challenge.findMany({ where: { accountId, asks: "factor" } });
  expect(pending).toMatchObject([{ endedBecause: "factors-ended" }]);
  expect(await mailsOf(accountId, "factors-ended")).toHaveLength(1);
  const kinds = (await activitiesOf(accountId)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "factors-ended")).toHaveLength(1);
});

test("whoever signs in with the factor within the day keeps it, mailed and written down; nobody else may", async () => {
  const { accountId } = await objected();
  laterHours(1);
  const plain = await makeActor({ accountId });
  await db.session.update({ where: { id: plain.session.id }, data: { factorProvenAt: null } });
  const without = { ...plain, session: { ...plain.session, factorProvenAt: null } };
  expect(factorsEnding(without.session)).toMatchObject({ mayKeep: false });
  expect(await keepFactors(without)).toEqual({ kind: "not-proven" });
  const proven = await makeActor({ accountId });
  expect(factorsEnding(proven.session)).toEqual({ at: hoursAfter(24), mayKeep: true });
  expect(await keepFactors(proven)).toEqual({ kind: "kept" });
  expect(await keepFactors(proven)).toEqual({ kind: "nothing-ends" });
  laterHours(48);
  await endDueFactors();
  expect(await factorsOf(accountId)).toBe(1);
  expect(await mailsOf(accountId, "factors-kept")).toHaveLength(1);
  expect((await activitiesOf(accountId)).at(-1)?.kind).toBe("factors-kept");
});

const rounds = Array.from({ length: 10 }, (_, round) => ({
  round,
  keepsFirst: round % 2 === 0,
  /** Whether the factor is shown for it, where the session has not done so. */
  shows: round % 4 > 1,
}));

test.each(rounds)(
  "kept and ended at one moment, round $round: one of both, once",
  async ({ keepsFirst, shows }) => {
    const { accountId } = await objected();
    await db.account.update({ where: { id: accountId }, data: { passwordOffAt: null } });
    laterHours(23.9);
    const actor = await makeActor({ accountId });
    const [code = ""] = await addRecoveryCodes(accountId);
    if (shows) {
      const { id } = actor.session;
      await db.session.update({ where: { id }, data: { factorProvenAt: null } });
      await askToWiden(actor, actorsPassword, { kind: "keep-factors" });
    }
    laterHours(24);
    const show = () => confirmWidening(actor, code, null);
    const keep = async () => {
      const outcome = shows ? await show() : await keepFactors(actor);
      return outcome.kind === "done" ? "kept" : outcome.kind;
    };
    const end = () => endDueFactors().then(() => "looked" as const);
    const works: (() => Promise<string>)[] = keepsFirst ? [keep, end] : [end, keep];
    const outcomes = await queueUp(accountId, works);
    const kept = outcomes.includes("kept");
    expect(await factorsOf(accountId)).toBe(kept ? 1 : 0);
    expect(await mailsOf(accountId, "factors-kept")).toHaveLength(kept ? 1 : 0);
    expect(await mailsOf(accountId, "factors-ended")).toHaveLength(kept ? 0 : 1);
    expect(await accountOf(accountId)).toMatchObject({ factorsEndAt: null });
  },
);

test("a second press does not move the end", async () => {
  const { victim, accountId } = await objected();
  laterHours(2);
  const token = await tokenIn(victim, "factors-end-asked");
  await pressNotMe(token, owner);
  expect(await accountOf(accountId)).toMatchObject({ factorsEndAt: hoursAfter(24) });
});

test("what was added after the last one went is not what was objected to: it stays", async () => {
  const { accountId } = await objected();
  laterHours(3);
  await db.authenticatorApp.deleteMany({ where: { accountId } });
  await addApp(accountId, "New");
  laterHours(24);
  await endDueFactors();
  expect(await factorsOf(accountId)).toBe(1);
  expect(await mailsOf(accountId, "factors-ended")).toEqual([]);
  expect(await accountOf(accountId)).toMatchObject({ factorsEndAt: null });
});

test("of a very first one that is gone already a press announces nothing: what came after stays", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  const first = await turnOn(victim, "First");
  const token = await tokenIn(victim, "factor-added");
  laterHours(48);
  const second = await turnOn(await makeActor({ accountId }), "Second");
  laterHours(49);
  const asked = { what: "app", id: first.id, password: actorsPassword } as const;
  const remover = await makeActor({ accountId });
  expect((await removeFactor(remover, { ...asked, answer: second.codeNow() })).kind).toBe(
    "removed",
  );
  laterHours(72);
  expect(await readNotMePage(token)).toMatchObject({ factors: null });
  const pressed = await pressNotMe(token, owner);
  expect(pressed).toMatchObject({ kind: "secured", factor: "none", factorsEndAt: null });
  laterHours(100);
  await endDueFactors();
  expect(await namesOf(accountId)).toEqual(["Second"]);
  expect(await mailsOf(accountId, "factors-end-asked")).toEqual([]);
});

const namesOf = async (accountId: string) =>
  (await db.authenticatorApp.findMany({ where: { accountId } })).map(({ name }) => name).sort();

/** One session adds the first, another and codes; a later one adds its own. */
async function addedInTwoSessions() {
  const first = await makeActor();
  const { accountId } = first.session;
  await turnOn(first, "First");
  const token = await tokenIn(first, "factor-added");
  await inTransaction((tx) => makeRecoveryCodes(tx, first, new Date()));
  later(61);
  await turnOn(first, "With the first");
  later(122);
  const other = await makeActor({ accountId });
  await turnOn(other, "Another day");
  return { accountId, token, other };
}

test("with the very first goes what was added in its session, and nothing that was added in another", async () => {
  const { accountId, token } = await addedInTwoSessions();
  await pressNotMe(token, owner);
  laterHours(28);
  await endDueFactors();
  expect(await namesOf(accountId)).toEqual(["Another day"]);
  expect(await db.recoveryCode.count({ where: { accountId } })).toBe(0);
  expect(await db.session.count({ where: { accountId, endedAt: null } })).toBe(0);
});

test("recovery codes that another session made since stay with what stays", async () => {
  const { accountId, token, other } = await addedInTwoSessions();
  await inTransaction((tx) => makeRecoveryCodes(tx, other, new Date()));
  await pressNotMe(token, owner);
  laterHours(28);
  await endDueFactors();
  expect(await namesOf(accountId)).toEqual(["Another day"]);
  expect(await db.recoveryCode.count({ where: { accountId } })).toBe(10);
});

test("a passkey that was made a second step in that session goes too, one of another session stays", async () => {
  const first = await makeActor();
  const { accountId, id } = first.session;
  await turnOn(first, "First");
  const token = await tokenIn(first, "factor-added");
  const [theirs, mine] = [await addPasskeyRow(accountId), await addPasskeyRow(accountId, "Mine")];
  const nothing = { isSecondStep: false };
  await db.passkey.update({ where: { id: theirs.id }, data: nothing });
  const asked = { id: theirs.id, signsIn: false, isSecondStep: true };
  await inTransaction((tx) => allowPasskey(tx, first, asked, new Date()));
  expect(await db.passkey.count({ where: { accountId, sessionId: id } })).toBe(1);
  await pressNotMe(token, owner);
  laterHours(25);
  await endDueFactors();
  expect(await db.passkey.findMany({ where: { accountId } })).toMatchObject([{ id: mine.id }]);
});

test("at a known place, where nothing was asked for, its owner keeps it with password and code", async () => {
  const { accountId } = await objected();
  await db.account.update({ where: { id: accountId }, data: { passwordOffAt: null } });
  laterHours(1);
  const [code = ""] = await addRecoveryCodes(accountId);
  const actor = await makeActor({ accountId });
  const { id } = actor.session;
  await db.session.update({ where: { id }, data: { factorProvenAt: null } });
  const keep = { kind: "keep-factors" } as const;
  expect((await askToWiden(actor, "not the password", keep)).kind).toBe("password-wrong");
  expect((await askToWiden(actor, actorsPassword, keep)).kind).toBe("factor-asked");
  expect((await accountOf(accountId)).factorsEndAt).not.toBeNull();
  expect(await confirmWidening(actor, code, null)).toEqual({
    kind: "done",
    result: { kind: "factors-kept" },
  });
  laterHours(48);
  await endDueFactors();
  expect(await factorsOf(accountId)).toBe(1);
  expect(await mailsOf(accountId, "factors-kept")).toHaveLength(1);
});

test("a passkey instead of the password keeps nothing: whoever set the new password has not shown it", async () => {
  const { victim, accountId } = await objected();
  const actor = await makeActor({ accountId });
  const { id } = actor.session;
  const proven = { factorProvenAt: new Date() };
  await db.session.update({ where: { id }, data: { ...proven, because: "passkey" } });
  const session = await findLiveSession(id);
  if (session === null) throw new Error("The session has ended.");
  expect(factorsEnding(session)).toMatchObject({ mayKeep: false });
  expect((await keepFactors({ ...actor, session })).kind).toBe("not-proven");
  expect((await accountOf(accountId)).factorsEndAt).not.toBeNull();
  await db.session.update({ where: { id }, data: { because: "factor" } });
  const other = await findLiveSession(id);
  if (other === null) throw new Error("The session has ended.");
  expect((await keepFactors({ ...victim, session: other })).kind).toBe("kept");
});

test("whoever was in by a factor that ends is out with it", async () => {
  const { accountId } = await objected();
  const { session } = await makeActor({ accountId });
  laterHours(24);
  await endDueFactors();
  expect(await factorsOf(accountId)).toBe(0);
  expect(await findLiveSession(session.id)).toBeNull();
});
