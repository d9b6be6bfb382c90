import { expect, test } from "vitest";
import { recordOwnChange } from "@/lib/account/record-change";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { readNotMePage } from "@/lib/not-me/not-me-page";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { provePassword } from "@/lib/password/prove-password";
import { activitiesOf, actorsPassword, mailsOf, makeActor, signInFrom } from "@/lib/testing/actors";
import { accountOf, owner, tokenIn } from "@/lib/testing/break-in";
import { stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp, addPasskeyRow, addRecoveryCodes, wrongCodeOf } from "@/lib/testing/factors";
import { newBrowser } from "@/lib/testing/people";
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
  expect(await db.recoveryCode.count({ where: { accountId, usedAt: { not: null } } })).toBe(1);
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
    factor: { isSecondStep: false, mayRemove: false },
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
    await addRecoveryCodes(accountId);
    // Nor does a recovery code take the last one away.
    expect(await readNotMePage(token)).toMatchObject({ factor: { mayRemove: false } });
    expect(await pressNotMe(token, owner)).toMatchObject({ factor: "stays", factorsEndAt: null });
    expect((await accountOf(victim)).factorsEndAt).toBeNull();
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
