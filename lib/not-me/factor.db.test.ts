import { expect, test } from "vitest";
import { recordOwnChange } from "@/lib/account/record-change";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { NOTICES_PER_HOUR } from "@/lib/mail/caps";
import { readNotMePage } from "@/lib/not-me/not-me-page";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { takeAnswer } from "@/lib/passkeys/judge-passkey-answer";
import { notMeHolder } from "@/lib/passkeys/not-me-holder";
import { provePassword } from "@/lib/password/prove-password";
import { activitiesOf, actorsPassword, mailsOf, makeActor, signInFrom } from "@/lib/testing/actors";
import type { Authenticator } from "@/lib/testing/authenticator";
import { accountOf, owner, tokenIn } from "@/lib/testing/break-in";
import { stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp, addPasskeyRow, addRecoveryCodes, wrongCodeOf } from "@/lib/testing/factors";
import { askToUse, givePasskey } from "@/lib/testing/passkeys";
import { newBrowser } from "@/lib/testing/people";
import { findRemovable } from "@/lib/two-step/store";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

/** A customer with an app of their own, and the mail about one that a thief with a session added. */
async function intruded() {
  const victim = await makeActor();
  const { accountId } = victim.session;
  const [own, theirs] = [await addApp(accountId, "Mine"), await addApp(accountId, "Theirs")];
  const undo = { kind: "factor", what: "app", factorId: theirs.id, isFirst: false } as const;
  const about = { what: "app", name: "Theirs" } as const;
  const change = { kind: "factor-added", now: new Date(), about, undo } as const;
  await inTransaction((tx) => recordOwnChange(tx, victim, change));
  return { victim, accountId, own, theirs, token: await tokenIn(victim, "factor-added") };
}

const typed = (password: string, answer: string) => ({ password, answer, browserId: newBrowser() });
const namesOf = async (accountId: string) =>
  (await db.authenticatorApp.findMany({ where: { accountId } })).map(({ name }) => name).sort();

test("N6 with the password and another factor the one that the mail is about goes at once, and all else as ever", async () => {
  const { victim, accountId, own, token } = await intruded();
  const waits = await signInFrom(accountId, "198.51.100.70");
  expect(waits.kind).toBe("factor-asked");
  const outcome = await pressNotMe(token, owner, typed(actorsPassword, own.codeNow()));
  expect(outcome).toMatchObject({ kind: "secured", factor: "removed", factorsEndAt: null });
  expect(await namesOf(accountId)).toEqual(["Mine"]);
  expect(await findLiveSession(victim.session.id)).toBeNull();
  expect((await accountOf(victim)).passwordOffAt).not.toBeNull();
  expect(await mailsOf(accountId, "factor-removed")).toHaveLength(1);
});

test("a recovery code does as well, once", async () => {
  const { accountId, token } = await intruded();
  const [code = ""] = await addRecoveryCodes(accountId);
  const outcome = await pressNotMe(token, owner, typed(actorsPassword, code));
  expect(outcome).toMatchObject({ factor: "removed" });
  expect(await usedCodes(accountId)).toBe(1);
});

const usedCodes = (accountId: string) =>
  db.recoveryCode.count({ where: { accountId, usedAt: { not: null } } });

/** The mail that gathers two more apps of the thief's. */
async function intrudedAgain() {
  const { victim, accountId, own, theirs } = await intruded();
  const added = [await addApp(accountId, "A second"), await addApp(accountId, "A third")] as const;
  // So many mails of a kind go out one by one in an hour; the rest is gathered.
  const before = Array.from({ length: NOTICES_PER_HOUR - 1 }, () => theirs);
  for (const [index, { id: factorId }] of [...before, ...added].entries()) {
    const undo = { kind: "factor", what: "app", factorId, isFirst: false } as const;
    const about = { what: "app", name: `Number ${index}` } as const;
    const change = { kind: "factor-added", now: new Date(), about, undo } as const;
    await inTransaction((tx) => recordOwnChange(tx, victim, change));
  }
  return { accountId, own, third: added[1], token: await tokenIn(victim, "more-notices") };
}

test("a mail that gathers several factors names and removes each, and none of them counts as an answer", async () => {
  const { accountId, own, third, token } = await intrudedAgain();
  expect(await readNotMePage(token)).toMatchObject({
    factors: { steps: [{ name: "A second" }, { name: "A third" }], mayRemove: true },
  });
  expect(await pressNotMe(token, owner, typed(actorsPassword, third.codeNow()))).toEqual({
    kind: "invalid",
    errors: { code: "answerWrong" },
  });
  const outcome = await pressNotMe(token, owner, typed(actorsPassword, own.codeNow()));
  expect(outcome).toMatchObject({ kind: "secured", factor: "removed" });
  expect(await namesOf(accountId)).toEqual(["Mine", "Theirs"]);
});

test("about no factor, or none that is left, what is typed is not looked at: no code is used, no attempt counted", async () => {
  const { victim, accountId, theirs, token } = await intruded();
  const [code = ""] = await addRecoveryCodes(accountId);
  const change = { kind: "sessions-ended", now: new Date() } as const;
  await inTransaction((tx) => recordOwnChange(tx, victim, change));
  const other = await tokenIn(victim, "sessions-ended");
  await db.authenticatorApp.delete({ where: { id: theirs.id } });
  const about = { what: "app", id: theirs.id, accountId } as const;
  expect(await findRemovable(db, about)).toBeNull();
  expect(await pressNotMe(other, owner, typed("not the password", code))).toMatchObject({
    kind: "secured",
    factor: "none",
  });
  await db.account.update({ where: { id: accountId }, data: { passwordOffAt: null } });
  await db.accountLink.updateMany({ where: { accountId }, data: { endedAt: null } });
  expect(await pressNotMe(token, owner, typed(actorsPassword, code))).toMatchObject({
    kind: "secured",
    factor: "none",
  });
  expect(await usedCodes(accountId)).toBe(0);
  expect(await db.codeAttempts.count({ where: { subject: { contains: accountId } } })).toBe(0);
});

/** What a passkey answers to the page of a link, in one browser. */
async function answerOf(authenticator: Authenticator, browserId: string) {
  const holder = notMeHolder(browserId);
  const { ceremony, get } = await askToUse(holder);
  const sent = { ceremony, text: authenticator.get(get) };
  const taken = await takeAnswer(sent, holder);
  if (taken.kind !== "taken") throw new Error(`An answer was ${taken.because}.`);
  return { password: actorsPassword, answer: "", browserId, passkey: taken.taken };
}

test("a passkey answers as well, of which whoever has the link is shown no list", async () => {
  const { victim, accountId, token } = await intruded();
  const authenticator = await givePasskey(victim);
  const { get } = await askToUse(notMeHolder(newBrowser()));
  expect(get.allowCredentials).toEqual([]);
  expect(await readNotMePage(token)).toMatchObject({ hasPasskeys: true });
  const proof = await answerOf(authenticator, newBrowser());
  expect(await pressNotMe(token, owner, { ...proof, password: "" })).toEqual({
    kind: "invalid",
    errors: { password: "passwordMissing" },
  });
  expect(await pressNotMe(token, owner, proof)).toMatchObject({ factor: "removed" });
  expect(await namesOf(accountId)).toEqual(["Mine"]);
});

test("the passkey that is to go, one that only signs in, and somebody else's remove nothing", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  await addApp(accountId, "Mine");
  const theirs = await givePasskey(victim);
  const { id: factorId } = await db.passkey.findFirstOrThrow({ where: { accountId } });
  const signsIn = await givePasskey(victim, { isSecondStep: false });
  const foreign = await givePasskey(await makeActor());
  const undo = { kind: "factor", what: "passkey", factorId, isFirst: false } as const;
  const change = { kind: "factor-added", now: new Date(), undo } as const;
  await inTransaction((tx) => recordOwnChange(tx, victim, change));
  const token = await tokenIn(victim, "factor-added");
  const because = async (authenticator: Authenticator) => {
    const proof = await answerOf(authenticator, newBrowser());
    const outcome = await pressNotMe(token, owner, proof);
    return outcome.kind === "passkey-refused" ? outcome.because : outcome.kind;
  };
  expect(await because(theirs)).toBe("itself");
  expect(await because(signsIn)).toBe("not-agreed");
  expect(await because(foreign)).toBe("other-account");
  expect(await db.passkey.count({ where: { accountId } })).toBe(2);
  expect((await accountOf(victim)).passwordOffAt).toBeNull();
});

test("without both fields the press locks the account and removes no factor", async () => {
  const { victim, accountId, token } = await intruded();
  expect(await pressNotMe(token, owner)).toMatchObject({ factor: "stays", factorsEndAt: null });
  expect(await namesOf(accountId)).toEqual(["Mine", "Theirs"]);
  expect((await accountOf(victim)).passwordOffAt).not.toBeNull();
});

test("the code of the app that is to go removes nothing: a mailbox and a stolen app are not enough", async () => {
  const { accountId, theirs, token } = await intruded();
  expect(await pressNotMe(token, owner, typed(actorsPassword, theirs.codeNow()))).toEqual({
    kind: "invalid",
    errors: { code: "answerWrong" },
  });
  expect(await namesOf(accountId)).toEqual(["Mine", "Theirs"]);
});

test("what is missing or wrong is said by field, and nothing at all is done then", async () => {
  const { victim, accountId, own, token } = await intruded();
  const fault = async (password: string, answer: string) =>
    pressNotMe(token, owner, typed(password, answer));
  expect(await fault("", own.codeNow())).toEqual({
    kind: "invalid",
    errors: { password: "passwordMissing" },
  });
  expect(await fault(actorsPassword, " ")).toEqual({
    kind: "invalid",
    errors: { code: "answerMissing" },
  });
  expect(await fault("not the password", own.codeNow())).toEqual({
    kind: "invalid",
    errors: { password: "passwordWrong" },
  });
  expect(await fault(actorsPassword, "12345")).toEqual({
    kind: "invalid",
    errors: { code: "answerNone" },
  });
  expect(await findLiveSession(victim.session.id)).not.toBeNull();
  expect(await namesOf(accountId)).toEqual(["Mine", "Theirs"]);
});

test("three wrong answers block further ones from there, also thirty at once, and the press itself still works", async () => {
  const { accountId, own, token } = await intruded();
  const wrong = wrongCodeOf(own);
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () => pressNotMe(token, owner, typed(actorsPassword, wrong))),
  );
  const kinds = outcomes.map(({ kind }) => kind).sort();
  expect(kinds.filter((kind) => kind === "invalid")).toHaveLength(2);
  expect(kinds.filter((kind) => kind === "blocked-answers")).toHaveLength(6);
  const right = await pressNotMe(token, owner, typed(actorsPassword, own.codeNow()));
  expect(right.kind).toBe("blocked-answers");
  expect((await pressNotMe(token, owner)).kind).toBe("secured");
  expect(await namesOf(accountId)).toEqual(["Mine", "Theirs"]);
});

test("N5 a passkey that only signs in goes with the press: it is no second step that keeps anybody out", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  const { id: factorId } = await addPasskeyRow(accountId, "Theirs");
  await db.passkey.update({
    where: { id: factorId },
    data: { isSecondStep: false, signsIn: true },
  });
  const undo = { kind: "factor", what: "passkey", factorId, isFirst: false } as const;
  const change = { kind: "factor-added", now: new Date(), undo } as const;
  await inTransaction((tx) => recordOwnChange(tx, victim, change));
  const token = await tokenIn(victim, "factor-added");
  expect(await readNotMePage(token)).toMatchObject({
    factors: { steps: [], signingIn: ["Theirs"], mayRemove: false },
  });
  expect((await pressNotMe(token, owner)).kind).toBe("secured");
  expect(await db.passkey.count({ where: { accountId } })).toBe(0);
  expect(await mailsOf(accountId, "factor-removed")).toHaveLength(1);
  expect((await activitiesOf(accountId)).map(({ kind }) => kind)).toContain("factor-removed");
});

test("N5 a passkey that does both signs in no more, and stays the second step that it is", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  const { id: factorId } = await addPasskeyRow(accountId, "Theirs");
  await db.passkey.update({ where: { id: factorId }, data: { signsIn: true } });
  const undo = { kind: "factor", what: "passkey", factorId, isFirst: true } as const;
  const change = { kind: "factor-added", now: new Date(), undo } as const;
  await inTransaction((tx) => recordOwnChange(tx, victim, change));
  await pressNotMe(await tokenIn(victim, "factor-added"), owner);
  expect(await db.passkey.findUniqueOrThrow({ where: { id: factorId } })).toMatchObject({
    signsIn: false,
    isSecondStep: true,
  });
  expect((await accountOf(victim)).factorsEndAt).not.toBeNull();
  expect(await mailsOf(accountId, "passkey-changed")).toHaveLength(1);
  const changed = (await activitiesOf(accountId)).find(({ kind }) => kind === "passkey-changed");
  expect(changed?.about).toEqual({ what: "passkey", name: "Theirs", may: "second-step" });
});

test.each(["support", "admin"])(
  "of %s, who must have one, a mailbox has none end",
  async (role) => {
    const victim = await makeActor();
    const { accountId } = victim.session;
    const { id: factorId } = await addApp(accountId);
    await db.account.update({ where: { id: accountId }, data: { role } });
    const undo = { kind: "factor", what: "app", factorId, isFirst: true } as const;
    const change = { kind: "factor-added", now: new Date(), undo } as const;
    await inTransaction((tx) => recordOwnChange(tx, victim, change));
    const token = await tokenIn(victim, "factor-added");
    const [code = ""] = await addRecoveryCodes(accountId);
    // Nor does a recovery code take the last one away.
    expect(await readNotMePage(token)).toMatchObject({ factors: { mayRemove: false } });
    const pressed = await pressNotMe(token, owner, typed(actorsPassword, code));
    expect(pressed).toMatchObject({ factor: "stays", factorsEndAt: null });
    expect((await accountOf(victim)).factorsEndAt).toBeNull();
    expect(await namesOf(accountId)).toEqual(["Phone"]);
    expect(await usedCodes(accountId)).toBe(0);
  },
);

test("while the password is off nothing of the second step can be changed", async () => {
  const { accountId, token } = await intruded();
  await pressNotMe(token, owner);
  const actor = await makeActor({ accountId });
  expect(await provePassword(actor, actorsPassword)).toEqual({ kind: "wrong" });
  for (const request of [
    { kind: "make-recovery-codes" },
    { kind: "ask-at-new-places" },
    { kind: "turn-on-app", appId: accountId, name: "Another" },
  ] as const) {
    expect(await askToWiden(actor, actorsPassword, request)).toEqual({ kind: "password-wrong" });
  }
});
