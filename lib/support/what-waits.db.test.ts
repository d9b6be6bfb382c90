import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { countText, readWaitingCounts, readWhatWaits } from "@/lib/support/what-waits";
import { blockAt, makeCase } from "@/lib/testing/callers";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";

testDatabase();

const HOUR = 3_600_000;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds);

beforeEach(async () => {
  await db.account.deleteMany();
  await db.recoveryCase.deleteMany();
  await db.codeAttempts.deleteMany();
  await db.mail.deleteMany();
  await db.helpQuestion.deleteMany();
});

async function makeMail(accountId: string | null, state: string, triedAt: Date | null) {
  const at = new Date();
  const facts = { accountEmail: "ana@example.com", at: at.toISOString() };
  return db.mail.create({
    data: {
      ...{ kind: "new-browser", accountId, recipient: "ana@example.com", locale: "en", facts },
      ...{ state, triedAt, nextTryAt: at, usefulUntil: at, createdAt: at },
    },
  });
}

const ask = (state: string, askedAt: Date) =>
  db.helpQuestion.create({
    data: { article: "login-code", locale: "en", question: "Why?", state, askedAt },
  });

const none = { cases: 0, blocked: 0, refused: 0, questions: 0 };

test("where nothing waits, nothing is counted or listed", async () => {
  expect(await readWhatWaits()).toEqual({
    ...{ counts: none, cases: [], blocked: [], refused: [], oldestQuestion: null },
  });
});

test("of cases those wait that staff have to decide, the oldest first", async () => {
  const states = ["draft", "needs-more", "approved", "done", "refused"];
  for (const state of states) await makeCase(null, { state });
  const later = await makeCase(null, { sentAt: ago(HOUR) });
  const first = await makeCase(null, { sentAt: ago(2 * HOUR) });
  const { cases, counts } = await readWhatWaits();
  expect(cases.map(({ id }) => id)).toEqual([first.id, later.id]);
  expect(counts).toEqual({ ...none, cases: 2 });
});

test("those are blocked now whom a block keeps from signing in, named by a masked address alone", async () => {
  const { id, email } = await makeAccount({ email: "maria@example.com" });
  const reference = await blockAt(id);
  const over = await blockAt((await makeAccount()).id);
  await db.codeAttempts.update({
    where: { blockReference: over },
    data: { blockedUntil: ago(1_000) },
  });
  for (const other of [`widening:${id}`, "sign-up:x@example.com", "new-address:y@example.com"]) {
    await blockAt(other);
  }
  const { blocked, counts } = await readWhatWaits();
  expect(blocked).toMatchObject([{ reference, maskedEmail: "m•••@e•••.com" }]);
  expect(JSON.stringify(blocked)).not.toContain(email);
  expect(counts).toEqual({ ...none, blocked: 1 });
});

test("a mail to an account that was refused is news for an hour, its recipient masked", async () => {
  const { id: accountId } = await makeAccount();
  const { id } = await makeMail(accountId, "refused", ago(59 * 60_000));
  await makeMail(accountId, "refused", ago(61 * 60_000));
  await makeMail(accountId, "queued", ago(1_000));
  await makeMail(null, "refused", ago(1_000));
  const { refused, counts } = await readWhatWaits();
  expect(refused).toMatchObject([{ id, accountId, recipient: "a•••@e•••.com" }]);
  expect(counts).toEqual({ ...none, refused: 1 });
});

test("so is one that was taken and came back, once, and nothing that was not sent there", async () => {
  const { id: accountId } = await makeAccount();
  const reach = (mailId: string, state: string, source: string, minutes: number) => {
    const at = ago(minutes * 60_000);
    return db.mailChange.create({ data: { mailId, state, source, at, notedAt: at } });
  };
  const cameBack = await makeMail(accountId, "sent", null);
  await reach(cameBack.id, "delivered", "webhook", 59);
  await reach(cameBack.id, "refused", "webhook", 58);
  await reach(cameBack.id, "suppressed", "webhook", 2);
  const full = await makeMail(accountId, "sent", null);
  await reach(full.id, "refused", "return-mail", 1);
  await reach((await makeMail(accountId, "sent", null)).id, "refused", "webhook", 61);
  await reach((await makeMail(accountId, "sent", null)).id, "delivered", "webhook", 1);
  await reach((await makeMail(accountId, "refused", null)).id, "suppressed", "mark", 1);
  await reach((await makeMail(null, "sent", null)).id, "refused", "webhook", 1);
  const { refused, counts } = await readWhatWaits();
  expect(refused.map(({ id }) => id)).toEqual([full.id, cameBack.id]);
  expect(counts).toEqual({ ...none, refused: 2 });
});

test("of questions those wait that nobody has answered, and the oldest says for how long", async () => {
  for (const state of ["published", "declined"]) await ask(state, ago(9 * HOUR));
  await ask("waiting", ago(HOUR));
  const { askedAt } = await ask("waiting", ago(3 * HOUR));
  const { oldestQuestion, counts } = await readWhatWaits();
  expect(oldestQuestion).toEqual(askedAt);
  expect(counts).toEqual({ ...none, questions: 2 });
});

test("a list shows five, and a count goes no further than it is shown", async () => {
  const { id: accountId } = await makeAccount();
  await makeMail(accountId, "refused", ago(1_000));
  await db.$executeRaw`INSERT INTO mail (kind, account_id, recipient, locale, facts, state, tried_at,
      next_try_at, useful_until, created_at)
    SELECT kind, account_id, recipient, locale, facts, state, tried_at, next_try_at, useful_until,
      created_at FROM mail CROSS JOIN generate_series(1, 120)`;
  expect((await readWaitingCounts()).refused).toBe(100);
  expect((await readWhatWaits()).refused).toHaveLength(5);
});

test.each([
  [1, "1"],
  [99, "99"],
  [100, "99+"],
])("a count of %i is shown as %s", (count, shown) => {
  expect(countText(count, String)).toBe(shown);
});
