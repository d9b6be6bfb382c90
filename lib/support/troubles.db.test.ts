import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { countKeys } from "@/lib/db/subjects";
import { env } from "@/lib/env/env";
import { countRequest } from "@/lib/rate-limit/rate-window";
import type { CustomerPage } from "@/lib/support/customer-page";
import { makeActor } from "@/lib/testing/actors";
import { blockAt, makeCase, startSignIn } from "@/lib/testing/callers";
import { read } from "@/lib/testing/customer-page";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

const start = new Date();
const inMinutes = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(start);
});
afterEach(() => {
  vi.useRealTimers();
});

type Account = Awaited<ReturnType<typeof makeAccount>>;

const wrongCodesFrom = (subject: string, wrong: number, lastWrongAt: Date) =>
  db.codeAttempts.create({ data: { subject, place: "198.51.100.7/32", wrong, lastWrongAt } });

const codesMade = (accountId: string, count: number, at = start) =>
  db.challenge.createMany({
    data: Array.from({ length: count }, () => ({
      purpose: "sign-in",
      accountId,
      email: "maria@example.com",
      secretHash: Buffer.from("x"),
      secretId: "x",
      place: "unknown",
      userAgent: "",
      locale: "en",
      browserId: randomUUID(),
      createdAt: at,
      lastMailAt: at,
      expiresAt: at,
      endedAt: at,
    })),
  });

async function wrongPasswords({ email }: Account, count: number): Promise<void> {
  const limit = { ...countKeys.passwordsFor(email), limit: 1_000 };
  for (let time = 0; time < count; time += 1) await countRequest(db, [limit], start);
}

async function mailThat({ id, email }: Account, state: string, attempts: number): Promise<void> {
  await startSignIn(id);
  await db.challenge.updateMany({ where: { accountId: id }, data: { endedAt: start } });
  const lastError = `550 <${email}> unavailable`;
  await db.mail.updateMany({ where: { accountId: id }, data: { state, attempts, lastError } });
}

type Trouble = CustomerPage["troubles"][number];

/** What makes a trouble, and as what the page then shows it. */
const table: [string, (account: Account) => Promise<unknown>, object][] = [
  [
    "a block of sign-in",
    ({ id }) => blockAt(id, "198.51.100.9"),
    { kind: "blocked", block: { ip: "198.51.100.9" } },
  ],
  [
    "a block of confirming",
    ({ id }) => blockAt(`widening:${id}`),
    { kind: "confirming-blocked", block: { of: "widening" } },
  ],
  [
    "a password that is off",
    ({ id }) =>
      db.account.update({
        where: { id },
        data: { passwordOffAt: start, passwordOffBecause: "not-me" },
      }),
    { kind: "password-off", because: "not-me", since: start },
  ],
  [
    "a sign-in that waits",
    ({ id }) => startSignIn(id),
    { kind: "pending", signIns: [{ ip: "198.51.100.66" }] },
  ],
  ["a case", ({ id }) => makeCase(id), { kind: "case", found: { state: "open" } }],
  [
    "a case that waits for an answer",
    ({ id }) => makeCase(id, { state: "needs-more" }),
    { kind: "case", found: { state: "needs-more" } },
  ],
  [
    "as many codes as an hour allows",
    ({ id }) => codesMade(id, env().accountCodesPerHour, inMinutes(-20)),
    { kind: "codes-used-up", codes: env().accountCodesPerHour, until: inMinutes(40) },
  ],
  [
    "20 codes without a right one",
    ({ id }) => db.account.update({ where: { id }, data: { codesSinceRight: 20 } }),
    { kind: "codes-used-up", codes: 20, until: null },
  ],
  [
    "some wrong passwords",
    (account) => wrongPasswords(account, 5),
    { kind: "wrong-passwords", count: 5, until: null },
  ],
  [
    "as many wrong passwords as an hour allows",
    (account) => wrongPasswords(account, env().passwordAttemptsPerHour),
    {
      kind: "wrong-passwords",
      count: env().passwordAttemptsPerHour,
      until: inMinutes(60),
    },
  ],
  [
    "a mail that was refused",
    (account) => mailThat(account, "refused", 1),
    { kind: "mail-refused", mail: { kind: "sign-in-code" } },
  ],
  [
    "a mail that has not left",
    (account) => mailThat(account, "queued", 3),
    { kind: "mail-late", mail: { attempts: 3 } },
  ],
  [
    "a mail that was taken and came back",
    async (account) => {
      await mailThat(account, "sent", 1);
      const { id: mailId } = await db.mail.findFirstOrThrow({ where: { accountId: account.id } });
      const noted = { at: inMinutes(-1), notedAt: inMinutes(-1), source: "webhook" };
      await db.mailChange.create({ data: { mailId, state: "refused", reason: "full", ...noted } });
    },
    { kind: "mail-refused", mail: { kind: "sign-in-code", state: "sent" } },
  ],
  [
    "wrong codes that block nothing yet",
    ({ id }) => wrongCodesFrom(id, 2, inMinutes(-5)),
    { kind: "wrong-codes", ip: "198.51.100.7", wrong: 2, lastAt: inMinutes(-5) },
  ],
  [
    "an account that is being closed",
    ({ id }) => db.account.update({ where: { id }, data: { closesAt: inMinutes(60) } }),
    { kind: "closing", at: inMinutes(60) },
  ],
];

test.each(table)("support sees at once: %s", async (_, make, shown) => {
  const account = await makeAccount();
  await make(account);
  const { troubles } = await read(await makeStaff("support"), account.id);
  expect(troubles).toMatchObject([shown]);
});

test.each<[string, (account: Account) => Promise<unknown>]>([
  ["a case that is over", ({ id }) => makeCase(id, { state: "refused" })],
  ["a case that was not sent", ({ id }) => makeCase(id, { state: "draft", sentAt: null })],
  ["few wrong passwords", (account) => wrongPasswords(account, 4)],
  ["codes of more than an hour ago", ({ id }) => codesMade(id, 5, inMinutes(-61))],
  ["wrong codes of more than an hour ago", ({ id }) => wrongCodesFrom(id, 2, inMinutes(-61))],
  ["wrong codes at confirming", ({ id }) => wrongCodesFrom(`widening:${id}`, 2, start)],
  ["a mail that left", (account) => mailThat(account, "sent", 1)],
])("nothing is wrong with %s", async (_, make) => {
  const account = await makeAccount();
  await make(account);
  const { troubles } = await read(await makeStaff("support"), account.id);
  expect(troubles).toEqual([]);
});

test("a new password starts the count of codes afresh, as at sign-in", async () => {
  const { id } = await makeAccount();
  await codesMade(id, env().accountCodesPerHour, inMinutes(-20));
  await db.account.update({ where: { id }, data: { passwordChangedAt: inMinutes(-1) } });
  expect((await read(await makeStaff("support"), id)).troubles).toEqual([]);
});

test("what keeps somebody out comes first, and the address in a refusal stays masked", async () => {
  const account = await makeAccount({ email: `maria-${randomUUID()}@example.com` });
  await mailThat(account, "refused", 1);
  await makeCase(account.id);
  await blockAt(`widening:${account.id}`, "198.51.100.1");
  await blockAt(account.id);
  const page = await read(await makeStaff("support"), account.id);
  const kinds = page.troubles.map(({ kind }: Trouble) => kind);
  expect(kinds).toEqual(["blocked", "case", "mail-refused", "confirming-blocked"]);
  expect(JSON.stringify(page)).not.toContain(account.email);
});

test("the acts on the page are those that are of use, each once", async () => {
  const { accountId: id } = (await makeActor()).session;
  const staff = await makeStaff("support");
  expect((await read(staff, id)).acts.others).toContain("sessions-ended-by-support");
  await db.account.update({
    where: { id },
    data: { passwordOffAt: start, passwordOffBecause: "support" },
  });
  const { acts } = await read(staff, id);
  expect(acts.beside).toEqual({ "password-off": "reset-by-support" });
  expect(acts.others).toEqual(["hotline-pass", "sessions-ended-by-support"]);
});
