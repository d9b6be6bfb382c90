import { expect, test, vi } from "vitest";
import type { Client } from "@/lib/client/client";
import { db } from "@/lib/db/client";
import { codeOf } from "@/lib/secrets/code";
import { resendCode } from "@/lib/sign-in/resend-code";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { signUp } from "@/lib/sign-up/sign-up";
import { testDatabase } from "@/lib/testing/database";
import {
  clientAt,
  cookieOf,
  freshAddress,
  makeAccount,
  newBrowser,
  otherCode,
} from "@/lib/testing/people";

const clock = vi.hoisted(() => ({ now: Date.parse("2026-11-22T14:00:00Z") }));
vi.mock("@/lib/clock", () => ({ readClock: () => new Date(clock.now) }));
vi.mock("@/lib/password/password-hash", () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
}));

testDatabase();

const DAY = 24 * 60 * 60 * 1000;
let next = 0;
const somewhere = () => clientAt(`10.9.${Math.floor(next / 250)}.${(next++ % 250) + 1}`);
const ask = (email: string, client: Client) =>
  signUp({
    email,
    locale: "fr",
    client,
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
    person: { kind: "new", name: "Ana Silva", password: "a long enough passphrase" },
  });

async function asked(email: string, client = somewhere()) {
  const outcome = await ask(email, client);
  if (outcome.kind !== "code-asked") throw new Error(outcome.kind);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: outcome.challengeId } });
  return { client, cookie: cookieOf(outcome), code: codeOf(challenge) ?? "" };
}

const type = (pending: Awaited<ReturnType<typeof asked>>, typed: string) =>
  verifyCode({ typed, cookie: pending.cookie, shown: null, client: pending.client });

// One that says nothing new to an owner is nobody's, and is never sent.
const ofNobody = { kind: "already-have-account", accountId: null };
const mailsTo = (recipient: string) =>
  db.mail.findMany({ where: { recipient, NOT: ofNobody }, select: { kind: true, locale: true } });

test("no account exists before the code is right; then it does, with this network trusted", async () => {
  const email = freshAddress();
  const pending = await asked(email);
  expect(await db.account.count({ where: { email } })).toBe(0);
  expect(await type(pending, pending.code)).toMatchObject({ kind: "right" });
  const account = await db.account.findUniqueOrThrow({
    where: { email },
    include: { places: true },
  });
  expect(account).toMatchObject({ name: "Ana Silva", locale: "fr" });
  expect(account.places).toMatchObject([{ because: "sign-up", network: pending.client.ip }]);
  expect(await mailsTo(email)).toEqual([{ kind: "sign-up-code", locale: "fr" }]);
});

test("from an unknown IP the account exists, but no network is trusted", async () => {
  const email = freshAddress();
  const unknown = { ...somewhere(), ip: null, network: null };
  const pending = await asked(email, unknown);
  expect((await type(pending, pending.code)).kind).toBe("right");
  expect(await db.trustedPlace.count({ where: { account: { email } } })).toBe(0);
});

test("an address that has an account is answered like any other, and no code is right", async () => {
  const { email } = await makeAccount();
  const pending = await asked(email);
  expect(await type(pending, pending.code)).toEqual({ kind: "wrong", attemptsLeft: 2 });
  expect(await type(pending, otherCode(pending.code))).toEqual({ kind: "wrong", attemptsLeft: 1 });
  expect((await type(pending, pending.code)).kind).toBe("blocked");
  expect(await db.account.count({ where: { email } })).toBe(1);
});

test("the owner of an address is notified once a day, in their own language, whatever is pressed", async () => {
  const { email } = await makeAccount();
  const pending = await asked(email);
  clock.now += 60_000;
  expect(await resendCode(pending.cookie)).toEqual({ kind: "sent", to: [] });
  await asked(email);
  expect(await mailsTo(email)).toEqual([{ kind: "already-have-account", locale: "en" }]);
  clock.now += DAY;
  await asked(email);
  expect(await mailsTo(email)).toHaveLength(2);
});

test("three wrong codes block that address from that network for an hour, and nothing else", async () => {
  const email = freshAddress();
  const pending = await asked(email);
  for (let attempt = 0; attempt < 3; attempt += 1) await type(pending, otherCode(pending.code));
  const until = new Date(clock.now + 60 * 60_000);
  expect(await ask(email, pending.client)).toMatchObject({ kind: "blocked", until });
  expect((await ask(freshAddress(), pending.client)).kind).toBe("code-asked");
  expect((await ask(email, somewhere())).kind).toBe("code-asked");
  clock.now += 60 * 60_000;
  expect((await ask(email, pending.client)).kind).toBe("code-asked");
});

test("SIGNUPS_PER_HOUR holds for one network, whatever the addresses", async () => {
  const client = somewhere();
  for (let time = 0; time < 10; time += 1) {
    expect((await ask(freshAddress(), client)).kind).toBe("code-asked");
  }
  const until = new Date(clock.now + 60 * 60_000);
  expect(await ask(freshAddress(), client)).toEqual({ kind: "too-many", of: "network", until });
});

test("a thousand sign-ups in an hour are all there are, and one beyond takes nothing from its network", async () => {
  const key = "sign-up/everybody";
  const at = new Date(clock.now - 30 * 60_000);
  const flood = { subject: key, hits: Array.from({ length: 1_000 }, () => at), askedAt: at };
  const full = { ...flood, admitted: true };
  await db.rateWindow.upsert({ where: { key }, create: { key, ...full }, update: full });
  const client = somewhere();
  const until = new Date(at.getTime() + 60 * 60_000);
  const refused = { kind: "too-many", of: "everybody", until };
  const owner = await makeAccount();
  for (let time = 0; time < 11; time += 1) {
    const email = time % 2 === 0 ? freshAddress() : owner.email;
    expect(await ask(email, client)).toEqual(refused);
  }
  await db.rateWindow.delete({ where: { key } });
  expect((await ask(freshAddress(), client)).kind).toBe("code-asked");
});

test("one mailbox gets at most five codes an hour, from however many networks", async () => {
  const email = freshAddress();
  for (let time = 0; time < 5; time += 1) await asked(email);
  expect(await ask(email, somewhere())).toMatchObject({ kind: "too-many", of: "address" });
});

test("of two sign-ups with one address the first right code makes the account", async () => {
  const email = freshAddress();
  const [first, second] = [await asked(email), await asked(email)];
  const outcomes = await Promise.all([type(first, first.code), type(second, second.code)]);
  expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(["address-taken", "right"]);
  expect(await db.account.count({ where: { email } })).toBe(1);
});

test("a sign-up's codes do not count towards an account's", async () => {
  const { email, id } = await makeAccount();
  await asked(email);
  expect(await db.account.findUnique({ where: { id } })).toMatchObject({ codesSinceRight: 0 });
});

test("an ended sign-up keeps neither name nor password", async () => {
  const pending = await asked(freshAddress());
  await type(pending, pending.code);
  const { id } = pending.cookie;
  expect(await db.challenge.findUnique({ where: { id } })).toMatchObject({ registration: null });
});
