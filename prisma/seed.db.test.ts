import { readFileSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDocument } from "@/lib/cases/documents/document-seal";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { judgeTypedFactor } from "@/lib/factors/judge-factor";
import { codeAtStep, openAppKey, stepAt } from "@/lib/factors/totp";
import { cleanUp } from "@/lib/jobs/clean-up";
import { checkPassword } from "@/lib/password/check-password";
import { hashPassword } from "@/lib/password/password-hash";
import { signIn } from "@/lib/sign-in/sign-in";
import { keyOfText } from "@/lib/testing/app-keys";
import { laterHours, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp } from "@/lib/testing/factors";
import { clientAt, newBrowser } from "@/lib/testing/people";
import { disableDemo, keepDemo, seedDemo } from "@/prisma/seed";

testDatabase();
stoppedClock();

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "portaria-seed-"));
  process.env.DATA_DIR = directory;
  resetEnvironment();
});
afterAll(() => {
  process.env.DATA_DIR = "";
  rmSync(directory, { recursive: true });
});

const passwordOf = async (email: string) =>
  (await seedDemo()).find((person) => person.email === email)?.password ?? "";

async function tryToEnter(email: string, ip: string) {
  const client = clientAt(ip);
  const checked = await checkPassword(email, await passwordOf(email), client, newBrowser());
  if (checked.kind !== "right") return checked;
  return signIn({
    accountId: checked.accountId,
    proof: { kind: "password", changedAt: checked.passwordChangedAt },
    client,
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
  });
}

test("an installation to try has customers with a story and staff of each role", async () => {
  const people = await seedDemo();
  expect(people.map(({ role }) => role)).toEqual([
    "customer",
    "blocked customer",
    "customer with an open case",
    "customer whose password is off",
    "support",
    "admin",
    "marketing",
  ]);
  expect(new Set(people.map(({ password }) => password)).size).toBe(people.length);
  for (const { password } of people) expect(password?.length).toBeGreaterThan(12);
});

test("started again, everybody is as they were, with the same password", async () => {
  const before = await seedDemo();
  const [first] = await db.account.findMany({ where: { email: "chloe@example.com" } });
  expect(await seedDemo()).toEqual(before);
  expect(await db.account.findMany({ where: { email: "chloe@example.com" } })).toEqual([first]);
  expect(await db.recoveryCase.count()).toBe(1);
});

test("Tomás is blocked on this machine, at each start anew, and nowhere else", async () => {
  expect((await tryToEnter("tomas@example.com", "127.0.0.1")).kind).toBe("blocked");
  await db.codeAttempts.deleteMany();
  expect((await tryToEnter("tomas@example.com", "127.0.0.1")).kind).toBe("blocked");
  expect((await tryToEnter("tomas@example.com", "127.0.0.2")).kind).toBe("code-asked");
});

test("while it runs, Tomás is blocked anew when his block has run out, by the same reference", async () => {
  await seedDemo();
  const { id } = await db.account.findUniqueOrThrow({ where: { email: "tomas@example.com" } });
  const [first] = await db.codeAttempts.findMany({ where: { subject: id } });
  for (let hours = 1; hours <= 72; hours += 24) {
    laterHours(hours);
    await cleanUp();
    await keepDemo();
    expect(await tryToEnter("tomas@example.com", "127.0.0.1")).toMatchObject({
      kind: "blocked",
      reference: first?.blockReference,
    });
  }
  const history = await db.signInJudgement.findMany({ where: { accountId: id } });
  const blocked = history.filter(({ because }) => because === "blocked-by-wrong-codes");
  expect(blocked.map(({ at }) => at)).toEqual([
    (await db.codeAttempts.findFirstOrThrow({ where: { subject: id } })).blockedAt,
  ]);
});

test("a block that support lifted stays lifted until the next start", async () => {
  await seedDemo();
  await db.codeAttempts.deleteMany();
  await keepDemo();
  expect(await db.codeAttempts.count()).toBe(0);
});

test("with real mail nobody's story is kept, nor that of an account that is none of the demo's", async () => {
  await seedDemo();
  laterHours(2);
  const ends = async () => (await db.codeAttempts.findMany()).map((row) => row.blockedUntil);
  const before = await ends();
  const { id } = await db.account.update({
    where: { email: "tomas@example.com" },
    data: { demo: false },
  });
  await keepDemo();
  expect(await ends()).toEqual(before);
  await db.account.update({ where: { id }, data: { demo: true } });
  const mailbox = process.env.EMAIL_TRANSPORT;
  process.env.EMAIL_TRANSPORT = "smtp";
  process.env.SMTP_URL = "smtp://127.0.0.1:2525";
  process.env.EMAIL_FROM = "no-reply@host.example";
  resetEnvironment();
  await keepDemo();
  expect(await ends()).toEqual(before);
  process.env.EMAIL_TRANSPORT = mailbox;
  process.env.SMTP_URL = "";
  process.env.EMAIL_FROM = "";
  resetEnvironment();
  await keepDemo();
  expect(await ends()).not.toEqual(before);
});

test("a case that was decided waits anew at the next start, and not before", async () => {
  await seedDemo();
  await db.recoveryCase.updateMany({ data: { endedAt: new Date(), state: "refused" } });
  await keepDemo();
  expect(await db.recoveryCase.count({ where: { endedAt: null } })).toBe(0);
  await seedDemo();
  expect(await db.recoveryCase.count({ where: { endedAt: null } })).toBe(1);
  await db.recoveryCase.deleteMany({ where: { endedAt: { not: null } } });
});

test("Diego is a customer like any other once he has set a new password", async () => {
  await seedDemo();
  const email = "diego@example.com";
  const before = await db.account.findUniqueOrThrow({ where: { email } });
  await db.account.update({
    where: { email },
    data: { passwordHash: await hashPassword("a new long passphrase"), passwordOffAt: null },
  });
  const diego = (await seedDemo()).find((person) => person.email === email);
  expect(diego).toEqual({ role: "customer", email, password: null });
  const { passwordHash, passwordOffAt } = before;
  await db.account.update({ where: { email }, data: { passwordHash, passwordOffAt } });
});

test("Diego's password is off, by support; staff are asked for a code of their app", async () => {
  expect(await tryToEnter("diego@example.com", "127.0.0.1")).toMatchObject({
    kind: "password-off",
    because: "support",
  });
  expect((await tryToEnter("sofia@example.com", "127.0.0.1")).kind).toBe("factor-asked");
});

const keysOf = async () =>
  Object.fromEntries((await seedDemo()).map(({ email, appKey }) => [email, appKey]));
const idOf = async (email: string) => (await db.account.findUniqueOrThrow({ where: { email } })).id;
const codeOf = (spoken: string | null | undefined, now: Date) =>
  codeAtStep(keyOfText(spoken ?? ""), stepAt(now));

test("each of the staff has an app of their own, by the same key at each start; customers have none", async () => {
  const keys = await keysOf();
  expect(await keysOf()).toEqual(keys);
  const staff = ["sofia@example.com", "adam@example.com", "mila@example.com"];
  expect(Object.keys(keys).filter((email) => keys[email] !== undefined)).toEqual(staff);
  expect(new Set(staff.map((email) => keys[email])).size).toBe(3);
  for (const email of staff) {
    expect(keys[email]).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(await db.authenticatorApp.count({ where: { accountId: await idOf(email) } })).toBe(1);
  }
  const now = new Date();
  const id = await idOf("adam@example.com");
  const judged = (email: string) => judgeTypedFactor(db, id, codeOf(keys[email], now), now);
  expect((await judged("adam@example.com")).kind).toBe("right");
  expect((await judged("mila@example.com")).kind).toBe("wrong");
  expect(readFileSync(join(directory, "secrets.json"), "utf8")).toContain("demoAppKeys");
});

test("a start undoes no app that somebody added instead, and gives one to whom all were taken", async () => {
  const email = "mila@example.com";
  const [before, accountId] = [await keysOf(), await idOf(email)];
  await db.authenticatorApp.deleteMany({ where: { accountId } });
  await addApp(accountId);
  expect((await keysOf())[email]).toBeNull();
  expect(await db.authenticatorApp.count({ where: { accountId } })).toBe(1);
  await db.authenticatorApp.deleteMany({ where: { accountId } });
  expect(await keysOf()).toEqual(before);
});

test("an app whose AUTH_SECRET is gone is made anew by the same key", async () => {
  const email = "mila@example.com";
  const [before, accountId] = [await keysOf(), await idOf(email)];
  const sealedKey = Buffer.from("sealed with another secret, of before");
  await db.authenticatorApp.updateMany({ where: { accountId }, data: { sealedKey } });
  expect(await keysOf()).toEqual(before);
  const [app, ...more] = await db.authenticatorApp.findMany({ where: { accountId } });
  expect(more).toEqual([]);
  expect(openAppKey(app?.id ?? "", app?.sealedKey ?? new Uint8Array())).not.toBeNull();
});

test("Chloé's case waits, with a document that can be opened", async () => {
  await seedDemo();
  const [found] = await db.recoveryCase.findMany({ include: { documents: true } });
  expect(found).toMatchObject({ state: "open", accountEmail: "chloe@example.com" });
  const document = found?.documents[0];
  if (document === undefined) throw new Error("There is no document.");
  const bytes = openDocument(document);
  expect(bytes?.length).toBe(document.size);
  expect(Buffer.from(bytes ?? []).toString("latin1", 1, 4)).toBe("PNG");
});

test("somebody's account with the address of a demo person is not touched", async () => {
  await seedDemo();
  await db.account.update({ where: { email: "mila@example.com" }, data: { demo: false } });
  const before = await db.account.findUnique({ where: { email: "mila@example.com" } });
  expect((await seedDemo()).map(({ email }) => email)).not.toContain("mila@example.com");
  expect(await db.account.findUnique({ where: { email: "mila@example.com" } })).toEqual(before);
});

test("with real mail none of them gets in, nor is any of them staff; back again, they are", async () => {
  await seedDemo();
  await disableDemo();
  const people = await db.account.findMany({ where: { demo: true } });
  expect(people.length).toBeGreaterThan(4);
  for (const { passwordHash, role } of people) {
    expect([passwordHash, role]).toEqual([null, "customer"]);
  }
  expect(await db.authenticatorApp.count({ where: { account: { demo: true } } })).toBe(0);
  await seedDemo();
  const sofia = await db.account.findUnique({ where: { email: "sofia@example.com" } });
  expect(sofia?.role).toBe("support");
});
