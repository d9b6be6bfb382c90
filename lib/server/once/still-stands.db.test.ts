import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { db } from "@/lib/db/client";
import { hashPassword } from "@/lib/password/password-hash";
import { seal } from "@/lib/secrets/secrets";
import { sealSession } from "@/lib/secrets/session-token";
import { testDatabase } from "@/lib/testing/database";
import { type GateUnderTest, startGate } from "@/lib/testing/gate";
import { makeAccount } from "@/lib/testing/people";
import { answerSignIn } from "@/lib/testing/sign-in-server";

testDatabase();

const password = "a long enough passphrase";
let passwordHash: string;
let gate: GateUnderTest;

beforeAll(async () => {
  passwordHash = await hashPassword(password);
  gate = await startGate(answerSignIn, { formsOnce: true, trustedProxies: ["127.0.0.1"] });
});

afterAll(() => gate.stop());

let networks = 0;

/** A customer at a network, and a browser that can press "Sign in" with the right password or another. */
async function customerAt(known: boolean, typed = password) {
  const ip = `198.19.0.${++networks}`;
  const account = await makeAccount({ trusted: known ? [ip] : [], passwordHash });
  const page = await gate.send("GET", "/login");
  const visit = page.headers["set-cookie"]?.split(";", 1)[0] ?? "";
  const press = async (cookie = visit) => {
    const response = await fetch(`http://127.0.0.1:${gate.port}/login`, {
      method: "POST",
      redirect: "manual",
      headers: { "x-forwarded-for": ip, cookie },
      body: new URLSearchParams({ email: account.email, password: typed }),
    });
    const set = response.headers.getSetCookie().map((header) => header.split(";", 1)[0] ?? "");
    const cookies = [visit, ...set.filter((pair) => !pair.endsWith("="))].join("; ");
    return { to: response.headers.get("location"), cookies };
  };
  return { id: account.id, ip, visit, press };
}

type Customer = Awaited<ReturnType<typeof customerAt>>;
type Case = [
  what: string,
  known: boolean,
  change: (customer: Customer) => Promise<unknown>,
  then: string,
];

const at = (seconds: number) => new Date(Date.now() + seconds * 1_000);
const account = (data: object) => (customer: Customer) =>
  db.account.update({ where: { id: customer.id }, data });
const trust = ({ id, ip }: Customer) =>
  db.trustedPlace.create({
    data: {
      accountId: id,
      network: `${ip}/32`,
      because: "code",
      createdAt: at(0),
      lastUsedAt: at(0),
    },
  });
const attempts = ({ id, ip }: Customer, data: object) =>
  db.codeAttempts.upsert({
    where: { subject_place: { subject: id, place: `${ip}/32` } },
    create: { subject: id, place: `${ip}/32`, wrong: 1, lastWrongAt: at(0), ...data },
    update: data,
  });
const wrongAnswer = (subject: string, key: string) =>
  db.codeAttempts.create({ data: { subject, place: key, wrong: 1, lastWrongAt: at(0) } });
const ended = (customer: Customer) => ({
  where: { accountId: customer.id },
  data: { endedAt: at(0) },
});

const cases: Case[] = [
  ["the session was ended", true, (who) => db.session.updateMany(ended(who)), "/account"],
  ["the password was changed", true, account({ passwordChangedAt: at(1) }), "/account"],
  ["another password was set", true, account({ passwordHash: null }), "/login"],
  ["the password was switched off", true, account({ passwordOffAt: at(0) }), "/login"],
  ["the role is another", true, account({ role: "support" }), "/verify"],
  [
    "the place was removed",
    true,
    ({ id }) => db.trustedPlace.deleteMany({ where: { accountId: id } }),
    "/verify",
  ],
  ["the network was trusted", false, trust, "/account"],
  ["the pending sign-in was ended", false, (who) => db.challenge.updateMany(ended(who)), "/verify"],
  [
    "the pending sign-in is over",
    false,
    ({ id }) => db.challenge.updateMany({ where: { accountId: id }, data: { expiresAt: at(0) } }),
    "/verify",
  ],
  ["a wrong code was typed", false, (who) => attempts(who, {}), "/verify"],
  ...(["203.0.113.0/24", "unknown"] as const).map(
    (knownBy): Case => [
      `a factor was answered wrong where ${knownBy} makes the place known`,
      false,
      ({ id }) => wrongAnswer(id, `${knownBy}@${randomUUID()}`),
      "/verify",
    ],
  ),
  [
    "the network was blocked",
    false,
    (who) =>
      attempts(who, { blockedAt: at(0), blockedUntil: at(60), blockReference: who.id.slice(0, 8) }),
    "/login",
  ],
  [
    "something changed on the account",
    true,
    ({ id }) =>
      db.activity.create({
        data: { accountId: id, kind: "renamed", about: {}, userAgent: "", at: at(1) },
      }),
    "/account",
  ],
];

describe("the same sign-in again is judged as new where", () => {
  it.each(cases)("%s", async (_, known, change, then) => {
    for (const jar of ["old", "new"]) {
      const customer = await customerAt(known, password);
      const first = await customer.press();
      expect(first.to).toBe(known ? "/account" : "/verify");
      const cookies = jar === "old" ? customer.visit : first.cookies;
      expect(await customer.press(cookies), `${jar} cookies, nothing changed`).toEqual(first);
      await change(customer);
      const second = await customer.press(cookies);
      expect(second.cookies, `${jar} cookies`).not.toBe(first.cookies);
      expect(second.to, `${jar} cookies`).toBe(then);
    }
  });
});

describe("a refusal again is judged as new where", () => {
  const block = (seconds: number) => (who: Customer) =>
    attempts(who, {
      wrong: 3,
      blockedAt: at(-1),
      blockedUntil: at(seconds),
      blockBecause: "wrong-codes",
      blockReference: `K7QM-${who.id.slice(0, 4)}`,
    });
  const lift = ({ id }: Customer) => db.codeAttempts.deleteMany({ where: { subject: id } });

  it("the block was lifted, and where it has ended meanwhile", async () => {
    for (const end of [lift, block(-0.001)]) {
      const customer = await customerAt(false);
      await block(600)(customer);
      const first = await customer.press();
      expect(first.to).toBe("/login");
      expect(await customer.press()).toEqual(first);
      await end(customer);
      expect((await customer.press()).to).toBe("/verify");
    }
  });

  it("the moment has come until which it was", async () => {
    const customer = await customerAt(false);
    await block(2)(customer);
    expect((await customer.press()).to).toBe("/login");
    await expect.poll(async () => (await customer.press()).to, { timeout: 8_000 }).toBe("/verify");
  });

  it("the password that was wrong is the right one by now", async () => {
    const customer = await customerAt(true, "the other long passphrase");
    const first = await customer.press();
    expect(first.to).toBe("/login");
    expect(await customer.press()).toEqual(first);
    const data = { passwordHash: await hashPassword("the other long passphrase") };
    await account({ ...data, passwordChangedAt: at(0) })(customer);
    expect((await customer.press()).to).toBe("/account");
  });

  it("an account of the address exists by now", async () => {
    const ip = "198.19.1.1";
    const email = "soon@example.com";
    const cookie = (await gate.send("GET", "/login")).headers["set-cookie"]?.split(";", 1)[0] ?? "";
    const press = async () => {
      const response = await fetch(`http://127.0.0.1:${gate.port}/login`, {
        method: "POST",
        redirect: "manual",
        headers: { "x-forwarded-for": ip, cookie },
        body: new URLSearchParams({ email, password }),
      });
      return response.headers.get("location");
    };
    expect(await press()).toBe("/login");
    await makeAccount({ email, trusted: [ip], passwordHash });
    expect(await press()).toBe("/account");
  });
});

test("a thief's sign-in again, after 'That was not me', is judged: ten rounds, at once and after", async () => {
  for (let round = 0; round < 10; round++) {
    const customer = await customerAt(true);
    const thief = await customer.press();
    const owner = db.$transaction([
      db.account.update({ where: { id: customer.id }, data: { passwordOffAt: at(0) } }),
      db.session.updateMany(ended(customer)),
    ]);
    if (round % 2 === 0) await owner;
    await Promise.all([owner, customer.press(thief.cookies)]);
    const after = await customer.press(thief.cookies);
    expect(after.to).toBe("/login");
    expect(after.cookies).not.toContain("portaria.session");
  }
});

/** A gate whose app answers with these cookies, and a browser that presses the same button. */
async function gateThatSets(cookies: Record<string, string>) {
  let judged = 0;
  const set = Object.entries(cookies).map(([name, value]) => `portaria.${name}=${value}`);
  const other = await startGate(
    async (req, res) => {
      if (req.method !== "POST") return void res.end("a page");
      judged += 1;
      res.writeHead(303, { Location: `/done?${judged}`, "Set-Cookie": set }).end();
    },
    { formsOnce: true },
  );
  const page = await other.send("GET", "/login");
  const cookie = page.headers["set-cookie"]?.split(";", 1)[0] ?? "";
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const press = async () =>
    (await other.send("POST", "/login", { ...type, cookie }, "a=b")).headers.location;
  return { press, stop: () => other.stop() };
}

const common = { userAgent: "", browserId: "0b7e2c4e-50c6-4a53-8f0e-1c1f3b5a7d90" };

describe("an answer is not given again", () => {
  it("that says the database is away", async () => {
    const notice = seal("notice", { kind: "unavailable" });
    const { press, stop } = await gateThatSets({ notice });
    expect(await press()).toBe("/done?1");
    expect(await press()).toBe("/done?2");
    await stop();
  });

  it("once the moment has come that it names, whatever it says", async () => {
    for (const name of ["from", "until"]) {
      const moment = at(3).toISOString();
      const notice = seal("notice", { kind: "some", [name]: moment });
      const { press, stop } = await gateThatSets({ notice });
      for (const _ of [1, 2]) expect(await press()).toBe("/done?1");
      await expect.poll(press, { timeout: 6_000 }).toBe("/done?2");
      await stop();
    }
  });

  it.each(["session", "pending"])("whose %s had ended before it left", async (what) => {
    const { id: accountId, email } = await makeAccount();
    const moments = { createdAt: at(0), endedAt: at(0) };
    const session = await db.session.create({
      data: { ...common, ...moments, accountId, because: "known-place", lastSeenAt: at(0) },
    });
    const challenge = await db.challenge.create({
      data: {
        ...common,
        ...moments,
        accountId,
        email,
        purpose: "sign-in",
        place: "unknown",
        secretHash: new Uint8Array(32),
        secretId: "",
        locale: "en",
        lastMailAt: at(0),
        expiresAt: at(600),
      },
    });
    const value =
      what === "session" ? sealSession({ sub: accountId, sid: session.id }) : `${challenge.id}.a`;
    const { press, stop } = await gateThatSets({ [what]: value });
    expect(await press()).toBe("/done?1");
    expect(await press()).toBe("/done?2");
    await stop();
  });
});
