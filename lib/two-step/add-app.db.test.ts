import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import type { Actor } from "@/lib/account/actor";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { findFactors } from "@/lib/factors/factors-store";
import { cleanUp, oldRowsAt } from "@/lib/jobs/clean-up";
import { activitiesOf, actorsPassword, addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { later, laterDays, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp, addRecoveryCodes } from "@/lib/testing/factors";
import { beginApp, proveApp, readAddingApp } from "@/lib/two-step/add-app";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

const idOf = ({ session }: Actor) => session.accountId;

/** The code that whoever reads the page's key has, by another implementation than ours. */
async function codeOnPhone({ session }: Actor, seconds = 0): Promise<string> {
  const key = (await readAddingApp(session))?.key.replaceAll(" ", "") ?? "";
  const totp = new TOTP({ secret: Secret.fromBase32(key), digits: 6, period: 30 });
  return totp.generate({ timestamp: Date.now() + seconds * 1000 });
}

async function turnOn(actor: Actor, name = "Phone", password = actorsPassword) {
  const proven = await proveApp(actor, { name, code: await codeOnPhone(actor) });
  if (proven.kind !== "proven") throw new Error(`The app was ${proven.kind}.`);
  return askToWiden(actor, password, { kind: "turn-on-app", appId: proven.appId, name });
}

test("the key stands as text, as an address and as a QR code of that address, and nowhere in plain", async () => {
  const actor = await makeActor();
  expect((await beginApp(actor)).kind).toBe("begun");
  const page = await readAddingApp(actor.session);
  expect(page?.key).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  expect(new URL(page?.uri ?? "").searchParams.get("secret")).toBe(page?.key.replaceAll(" ", ""));
  expect(page?.until).toEqual(new Date("2026-11-22T12:10:00Z"));
  // A version of 33 modules or more for such an address, and four of quiet zone on each side.
  expect(page?.qr.size).toBeGreaterThan(40);
  expect(page?.qr.path).toMatch(/^M4 4h1v1h-1z/);
  const row = await db.authenticatorApp.findFirstOrThrow({ where: { accountId: idOf(actor) } });
  const key = Secret.fromBase32(page?.key.replaceAll(" ", "") ?? "").bytes;
  expect(Buffer.from(row.sealedKey).includes(Buffer.from(key))).toBe(false);
});

test("an app counts once it is turned on: with its code, the password, and mail to every address", async () => {
  const actor = await makeActor();
  await addFurther(idOf(actor), "second@example.com");
  await beginApp(actor);
  expect((await findFactors(db, idOf(actor))).apps).toEqual([]);
  expect(await turnOn(actor)).toEqual({
    kind: "done",
    result: { kind: "app-turned-on", name: "Phone", needsCodes: true },
  });
  expect((await findFactors(db, idOf(actor))).apps).toMatchObject([{ name: "Phone" }]);
  const mails = await mailsOf(idOf(actor), "factor-added");
  expect(mails.map(({ recipient }) => recipient).sort()).toEqual(
    [actor.session.account.email, "second@example.com"].sort(),
  );
  expect(mails[0]?.facts).toMatchObject({ about: { what: "app", name: "Phone" } });
  expect((await activitiesOf(idOf(actor))).map(({ kind }) => kind)).toEqual(["factor-added"]);
});

test("whoever turned an app on has proven a factor; it ends nothing", async () => {
  const actor = await makeActor();
  const other = await makeActor({ accountId: idOf(actor) });
  await beginApp(actor);
  await turnOn(actor);
  const after = await findLiveSession(actor.session.id);
  expect(after).toMatchObject({ factorProvenAt: start, account: { hasFactor: true } });
  expect(await findLiveSession(other.session.id)).toMatchObject({ factorProvenAt: null });
});

test("the code that turned it on is used up", async () => {
  const actor = await makeActor();
  await beginApp(actor);
  await turnOn(actor);
  const [app] = (await findFactors(db, idOf(actor))).apps;
  expect(app?.lastStep).toBe(Math.floor(start.getTime() / 30_000));
});

test.each([
  [0, "proven"],
  [-30, "proven"],
  [30, "proven"],
  [-90, "invalid"],
  [90, "invalid"],
])("a phone whose clock is off by %i seconds: %s", async (seconds, kind) => {
  const actor = await makeActor();
  await beginApp(actor);
  const code = await codeOnPhone(actor, seconds);
  expect((await proveApp(actor, { name: "Phone", code })).kind).toBe(kind);
});

test("a wrong code, none and another shape are form errors, and so is a name that is none", async () => {
  const actor = await makeActor();
  await beginApp(actor);
  const right = await codeOnPhone(actor);
  const wrong = right === "000000" ? "000001" : "000000";
  const errorsOf = async (name: string, code: string) => {
    const outcome = await proveApp(actor, { name, code });
    return outcome.kind === "invalid" ? outcome.errors : outcome.kind;
  };
  expect(await errorsOf("Phone", wrong)).toEqual({ code: "appCodeWrong" });
  expect(await errorsOf("Phone", " ")).toEqual({ code: "appCodeMissing" });
  expect(await errorsOf("Phone", "12345")).toEqual({ code: "appCodeNotSixDigits" });
  expect(await errorsOf("", right)).toEqual({ name: "nameMissing" });
  expect(await errorsOf("\u2800", "12345")).toEqual({
    name: "nameMissing",
    code: "appCodeNotSixDigits",
  });
  expect(await errorsOf("x".repeat(51), right)).toEqual({ name: "nameTooLong" });
  expect(await errorsOf("x".repeat(50), right)).toBe("proven");
  expect(await db.codeAttempts.count({ where: { subject: { contains: idOf(actor) } } })).toBe(0);
});

test("without the password nothing is turned on", async () => {
  const actor = await makeActor();
  await beginApp(actor);
  expect((await turnOn(actor, "Phone", "wrong")).kind).toBe("password-wrong");
  expect((await turnOn(actor, "Phone", "")).kind).toBe("password-missing");
  expect((await findFactors(db, idOf(actor))).apps).toEqual([]);
  // What was right in the form may be sent again with the right password.
  expect((await turnOn(actor)).kind).toBe("done");
});

test("an app that no code of was right is not turned on by its id", async () => {
  const actor = await makeActor();
  await beginApp(actor);
  const { id } = await db.authenticatorApp.findFirstOrThrow({ where: { accountId: idOf(actor) } });
  const request = { kind: "turn-on-app", appId: id, name: "Phone" } as const;
  const outcome = await askToWiden(actor, actorsPassword, request);
  expect(outcome).toEqual({ kind: "done", result: { kind: "app-over" } });
});

test("one session cannot turn on what another is adding, nor see its key", async () => {
  const actor = await makeActor();
  const other = await makeActor({ accountId: idOf(actor) });
  await beginApp(actor);
  expect(await readAddingApp(other.session)).toBeNull();
  const code = await codeOnPhone(actor);
  expect((await proveApp(other, { name: "Phone", code })).kind).toBe("over");
  const proven = await proveApp(actor, { name: "Phone", code });
  const appId = proven.kind === "proven" ? proven.appId : "";
  const request = { kind: "turn-on-app", appId, name: "Phone" } as const;
  expect(await askToWiden(other, actorsPassword, request)).toMatchObject({
    result: { kind: "app-over" },
  });
});

test("a key lives ten minutes and is replaced by the next", async () => {
  const actor = await makeActor();
  await beginApp(actor);
  const first = (await readAddingApp(actor.session))?.key;
  later(1);
  await beginApp(actor);
  const second = (await readAddingApp(actor.session))?.key;
  expect(second).not.toBe(first);
  expect(await db.authenticatorApp.count({ where: { accountId: idOf(actor) } })).toBe(1);
  const code = await codeOnPhone(actor);
  later(11);
  expect(await readAddingApp(actor.session)).toBeNull();
  expect((await proveApp(actor, { name: "Phone", code })).kind).toBe("over");
});

test("the clean-up takes keys that nobody turned on, and no app that counts", async () => {
  const actor = await makeActor();
  await beginApp(actor);
  const { id } = await addApp(idOf(actor));
  laterDays(2);
  expect(oldRowsAt(new Date()).map(({ table }) => table)).toContain("authenticator_app");
  await cleanUp();
  const left = await db.authenticatorApp.findMany({ where: { accountId: idOf(actor) } });
  expect(left.map((app) => app.id)).toEqual([id]);
});

test("an account has at most ten apps, also where two sessions add the tenth at once", async () => {
  const actor = await makeActor();
  const other = await makeActor({ accountId: idOf(actor) });
  await db.session.updateMany({ data: { factorProvenAt: start } });
  for (let count = 0; count < 9; count += 1) await addApp(idOf(actor), `App ${count}`);
  await beginApp(actor);
  await beginApp(other);
  const outcomes = await Promise.all([turnOn(actor, "One"), turnOn(other, "Two")]);
  const kinds = outcomes.map((one) => (one.kind === "done" ? one.result.kind : one.kind));
  expect(kinds.sort()).toEqual(["app-too-many", "app-turned-on"]);
  expect((await beginApp(actor)).kind).toBe("too-many");
});

test("who has recovery codes is not led to make some", async () => {
  const actor = await makeActor();
  await addRecoveryCodes(idOf(actor));
  await beginApp(actor);
  expect(await turnOn(actor)).toMatchObject({ result: { needsCodes: false } });
});

test("30 presses at once turn it on once, and mail once", async () => {
  const actor = await makeActor();
  await beginApp(actor);
  const proven = await proveApp(actor, { name: "Phone", code: await codeOnPhone(actor) });
  const appId = proven.kind === "proven" ? proven.appId : "";
  const request = { kind: "turn-on-app", appId, name: "Phone" } as const;
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, () => askToWiden(actor, actorsPassword, request)),
  );
  const on = outcomes.filter((one) => one.kind === "done" && one.result.kind === "app-turned-on");
  expect(on).toHaveLength(1);
  expect(await mailsOf(idOf(actor), "factor-added")).toHaveLength(1);
});
