import { afterEach, expect, test } from "vitest";
import type { Actor } from "@/lib/account/actor";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { activitiesOf, actorsPassword, mailsOf, makeActor, signInFrom } from "@/lib/testing/actors";
import { later, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import {
  type App,
  addApp,
  addPasskeyRow,
  addRecoveryCodes,
  wrongCodeOf,
} from "@/lib/testing/factors";
import { clientAt, cookieOf } from "@/lib/testing/people";
import { readRemoval, removeFactor } from "@/lib/two-step/remove-factor";

testDatabase();
stoppedClock();

const idOf = ({ session }: Actor) => session.accountId;
const away = "198.51.100.66";

async function owner() {
  const actor = await makeActor();
  return { actor, phone: await addApp(idOf(actor), "Phone") };
}

const remove = (
  actor: Actor,
  id: string,
  answer: string,
  { what = "app", password = actorsPassword }: { what?: "app" | "passkey"; password?: string } = {},
) => removeFactor(actor, { what, id, password, answer });

const appsOf = (actor: Actor) => db.authenticatorApp.count({ where: { accountId: idOf(actor) } });

afterEach(() => {
  delete process.env.TWO_STEP_REQUIRED;
  resetEnvironment();
});

test("an app goes with the password and a code of another one, and not with its own", async () => {
  const { actor, phone } = await owner();
  const tablet = await addApp(idOf(actor), "Tablet");
  expect(await remove(actor, phone.id, phone.codeNow())).toEqual({
    kind: "wrong",
    attemptsLeft: 2,
  });
  expect(await appsOf(actor)).toBe(2);
  const outcome = await remove(actor, phone.id, tablet.codeNow());
  expect(outcome).toEqual({ kind: "removed", name: "Phone", wasLast: false });
  expect(await appsOf(actor)).toBe(1);
  const [mail] = await mailsOf(idOf(actor), "factor-removed");
  expect(mail?.facts).toMatchObject({ about: { what: "app", name: "Phone" } });
  expect((await activitiesOf(idOf(actor))).map(({ kind }) => kind)).toEqual(["factor-removed"]);
});

test("the code that removed one is used up", async () => {
  const { actor, phone } = await owner();
  const tablet = await addApp(idOf(actor), "Tablet");
  const third = await addApp(idOf(actor), "Third");
  const code = tablet.codeNow();
  expect((await remove(actor, phone.id, code)).kind).toBe("removed");
  expect((await remove(actor, third.id, code)).kind).toBe("wrong");
});

test("a recovery code removes one too, once", async () => {
  const { actor, phone } = await owner();
  const tablet = await addApp(idOf(actor), "Tablet");
  await addApp(idOf(actor), "Third");
  const [code = ""] = await addRecoveryCodes(idOf(actor));
  expect((await remove(actor, phone.id, code)).kind).toBe("removed");
  expect((await remove(actor, tablet.id, code)).kind).toBe("wrong");
});

test("the only one goes with its own code or a recovery code, and recovery codes with it", async () => {
  const { actor, phone } = await owner();
  await addRecoveryCodes(idOf(actor));
  await db.account.update({ where: { id: idOf(actor) }, data: { factorAlways: true } });
  const removed = { kind: "removed", name: "Phone", wasLast: true };
  expect(await remove(actor, phone.id, phone.codeNow())).toEqual(removed);
  expect(await db.recoveryCode.count({ where: { accountId: idOf(actor) } })).toBe(0);
  const account = await db.account.findUniqueOrThrow({ where: { id: idOf(actor) } });
  expect(account.factorAlways).toBe(false);
  const second = await owner();
  const [code = ""] = await addRecoveryCodes(idOf(second.actor));
  expect(await remove(second.actor, second.phone.id, code)).toEqual(removed);
});

test("an app beside a passkey is removed by a recovery code, and not by its own", async () => {
  const { actor, phone } = await owner();
  await addPasskeyRow(idOf(actor));
  const [code = ""] = await addRecoveryCodes(idOf(actor));
  expect((await remove(actor, phone.id, phone.codeNow())).kind).toBe("wrong");
  expect(await remove(actor, phone.id, code)).toMatchObject({ kind: "removed", wasLast: false });
  expect(await db.recoveryCode.count({ where: { accountId: idOf(actor), usedAt: null } })).toBe(9);
});

test("a passkey that is a second step goes by an app's code; one that only signs in by the password", async () => {
  const { actor, phone } = await owner();
  const factor = await addPasskeyRow(idOf(actor), "Blue key");
  expect((await remove(actor, factor.id, "", { what: "passkey" })).kind).toBe("answer-missing");
  expect(await remove(actor, factor.id, phone.codeNow(), { what: "passkey" })).toEqual({
    ...{ kind: "removed", name: "Blue key", wasLast: false },
  });
  const { id } = await addPasskeyRow(idOf(actor), "Red key");
  await db.passkey.update({ where: { id }, data: { isSecondStep: false, signsIn: true } });
  expect((await remove(actor, id, "", { what: "passkey" })).kind).toBe("removed");
  const [, mail] = await mailsOf(idOf(actor), "factor-removed");
  expect(mail?.facts).toMatchObject({ about: { what: "passkey", name: "Red key" } });
});

test("the last one cannot go while the account must have one", async () => {
  process.env.TWO_STEP_REQUIRED = "customer";
  resetEnvironment();
  const { actor, phone } = await owner();
  expect((await remove(actor, phone.id, phone.codeNow())).kind).toBe("last-required");
  expect((await readRemoval(actor.session, { what: "app", id: phone.id }))?.verdict.kind).toBe(
    "last-required",
  );
  const tablet = await addApp(idOf(actor), "Tablet");
  expect((await remove(actor, phone.id, tablet.codeNow())).kind).toBe("removed");
  expect((await remove(actor, tablet.id, tablet.codeNow(1))).kind).toBe("last-required");
});

test("of staff neither, whatever the setting says", async () => {
  const { actor, phone } = await owner();
  await db.account.update({ where: { id: idOf(actor) }, data: { role: "support" } });
  expect((await remove(actor, phone.id, phone.codeNow())).kind).toBe("last-required");
});

test("without the password nothing is judged", async () => {
  const { actor, phone } = await owner();
  const code = phone.codeNow();
  expect((await remove(actor, phone.id, code, { password: "wrong" })).kind).toBe("password-wrong");
  expect((await remove(actor, phone.id, code, { password: "" })).kind).toBe("password-missing");
  expect(await appsOf(actor)).toBe(1);
  expect((await remove(actor, phone.id, code)).kind).toBe("removed");
});

test("another account's app is unknown, and so is one that is being added", async () => {
  const { actor, phone } = await owner();
  const stranger = await owner();
  const other = await remove(stranger.actor, phone.id, stranger.phone.codeNow());
  expect(other).toEqual({ kind: "unknown" });
  expect((await remove(actor, "no id", phone.codeNow())).kind).toBe("unknown");
  expect(await readRemoval(stranger.actor.session, { what: "app", id: phone.id })).toBeNull();
  await db.authenticatorApp.update({ where: { id: phone.id }, data: { confirmedAt: null } });
  expect((await remove(actor, phone.id, phone.codeNow())).kind).toBe("unknown");
});

test("three wrong answers block such requests from here for an hour; what is no answer costs nothing", async () => {
  const { actor, phone } = await owner();
  expect((await remove(actor, phone.id, "12345")).kind).toBe("not-an-answer");
  const wrong = wrongCodeOf(phone);
  expect(await remove(actor, phone.id, wrong)).toEqual({ kind: "wrong", attemptsLeft: 2 });
  expect(await remove(actor, phone.id, wrong)).toEqual({ kind: "wrong", attemptsLeft: 1 });
  const third = await remove(actor, phone.id, wrong);
  expect(third).toMatchObject({ kind: "blocked", until: new Date("2026-11-22T13:00:00Z") });
  expect((await remove(actor, phone.id, phone.codeNow())).kind).toBe("blocked");
  const elsewhere = { ...actor, client: clientAt("192.0.2.50") };
  expect((await remove(elsewhere, phone.id, wrong)).kind).toBe("wrong");
  later(60);
  expect((await remove(actor, phone.id, phone.codeNow())).kind).toBe("removed");
});

test("30 wrong answers at once are judged three times", async () => {
  const { actor, phone } = await owner();
  const wrong = wrongCodeOf(phone);
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, () => remove(actor, phone.id, wrong)),
  );
  expect(outcomes.filter(({ kind }) => kind === "wrong")).toHaveLength(2);
  const subject = `widening:${idOf(actor)}`;
  expect(await db.codeAttempts.findFirstOrThrow({ where: { subject } })).toMatchObject({
    wrong: 3,
  });
  expect(await appsOf(actor)).toBe(1);
});

test("30 removals at once remove it once", async () => {
  const { actor, phone } = await owner();
  const tablet = await addApp(idOf(actor), "Tablet");
  const code = tablet.codeNow();
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, () => remove(actor, phone.id, code)),
  );
  expect(outcomes.filter(({ kind }) => kind === "removed")).toHaveLength(1);
  // Passwords that are judged at one moment wait for each other's verdict, twenty at most.
  const others = new Set(outcomes.map(({ kind }) => kind));
  expect([...others].sort()).toEqual(["removed", "too-many", "unknown"]);
  expect(await mailsOf(idOf(actor), "factor-removed")).toHaveLength(1);
});

async function signingIn(accountId: string, ip = away) {
  const outcome = await signInFrom(accountId, ip);
  if (outcome.kind !== "factor-asked") throw new Error(`The sign-in was ${outcome.kind}.`);
  const cookie = cookieOf(outcome);
  return (app: App) =>
    verifyCode({ typed: app.codeNow(), cookie, shown: null, client: clientAt(ip), trust: true });
}

test("a sign-in that waits for a factor ends when one is removed, also where another stays", async () => {
  const { actor, phone } = await owner();
  const tablet = await addApp(idOf(actor), "Tablet");
  const answer = await signingIn(idOf(actor));
  await remove(actor, phone.id, tablet.codeNow());
  later(1);
  expect(await answer(tablet)).toMatchObject({ kind: "shut-out", because: "factor-changed" });
});

test("an app that is removed as it signs in: in before, or stopped, ten rounds, both orders", async () => {
  for (let round = 0; round < 10; round += 1) {
    const { actor, phone } = await owner();
    const tablet = await addApp(idOf(actor), "Tablet");
    const answer = await signingIn(idOf(actor));
    const removing = () => remove(actor, phone.id, tablet.codeNow());
    const both =
      round % 2 === 0 ? [removing, () => answer(phone)] : [() => answer(phone), removing];
    const kinds = (await Promise.all(both.map((act) => act()))).map(({ kind }) => kind);
    const sessions = await db.session.count({ where: { accountId: idOf(actor) } });
    expect(kinds).toContain("removed");
    expect(sessions).toBe(kinds.includes("right") ? 2 : 1);
    expect(kinds.includes("right") || kinds.includes("shut-out")).toBe(true);
    // Whatever came first: a removed app lets nobody in afterwards.
    const again = await signingIn(idOf(actor), "198.51.100.67");
    later(round + 1);
    expect((await again(phone)).kind).toBe("wrong");
  }
});

test("what other sessions have proven by a factor that is gone counts no more", async () => {
  const { actor, phone } = await owner();
  const tablet = await addApp(idOf(actor), "Tablet");
  const other = await makeActor({ accountId: idOf(actor) });
  await db.session.updateMany({
    where: { accountId: idOf(actor) },
    data: { factorProvenAt: new Date() },
  });
  expect((await remove(actor, phone.id, tablet.codeNow())).kind).toBe("removed");
  const provenOf = async ({ session }: Actor) =>
    (await db.session.findUniqueOrThrow({ where: { id: session.id } })).factorProvenAt;
  expect(await provenOf(other)).toBeNull();
  expect(await provenOf(actor)).not.toBeNull();
});

test("whoever changes networks has fifteen wrong answers in an hour, and then not even a right one", async () => {
  const { actor, phone } = await owner();
  const tablet = await addApp(idOf(actor), "Tablet");
  const from = (ip: string) => ({ ...actor, client: clientAt(ip) });
  for (const ip of [
    "198.51.100.1",
    "198.51.100.2",
    "198.51.100.3",
    "198.51.100.4",
    "198.51.100.5",
  ]) {
    for (let times = 0; times < 3; times += 1) {
      await remove(from(ip), phone.id, wrongCodeOf(tablet));
    }
  }
  expect((await remove(from(away), phone.id, tablet.codeNow())).kind).toBe("blocked");
  later(60);
  expect((await remove(from(away), phone.id, tablet.codeNow())).kind).toBe("removed");
});
