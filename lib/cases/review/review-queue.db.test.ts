import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { caseStates } from "@/lib/account/rules/case-states";
import { listCases, readQueueFilter } from "@/lib/cases/review/review-queue";
import { saveApprovalsNeeded } from "@/lib/cases/review/settings";
import { db } from "@/lib/db/client";
import { makeActor } from "@/lib/testing/actors";
import { closeAccountOf, decideNow, makeCase } from "@/lib/testing/case-review";
import { testDatabase } from "@/lib/testing/database";
import { freshAddress, makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

const start = new Date("2026-11-22T12:00:00Z");
const minutesAfter = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

afterEach(async () => {
  await db.recoveryCase.deleteMany();
  await db.setting.deleteMany();
});

const live = () => listCases({ filter: "live", after: null });
const ended = () => listCases({ filter: "ended", after: null });
const only = async (id: string) => {
  const { cases } = await live();
  return cases.find((one) => one.id === id);
};

test("those not over come oldest first, the others with the latest end first; drafts never", async () => {
  await makeCase({ state: "draft", sentAt: null });
  // Taken back before it was sent: nobody's business.
  await makeCase({ state: "withdrawn", sentAt: null, endedAt: start });
  const states = caseStates.filter((state) => state !== "draft");
  for (const [minute, state] of [...states.entries()].reverse()) {
    const isOver = !["open", "needs-more", "approved"].includes(state);
    const endedAt = isOver ? minutesAfter(100 + minute) : null;
    await makeCase({ state, sentAt: minutesAfter(minute), endedAt });
  }
  const statesOf = async (list: typeof live) => (await list()).cases.map(({ state }) => state);
  expect(await statesOf(live)).toEqual(["open", "needs-more", "approved"]);
  const over = ["needless", "superseded", "taken", "lapsed", "withdrawn", "refused", "done"];
  expect(await statesOf(ended)).toEqual(over);
});

test.each([
  ["live", "live"],
  ["ended", "ended"],
  ["", "live"],
  [null, "live"],
  ["all'--", "live"],
])("the filter %j of an address shows the %s", (text, filter) => {
  expect(readQueueFilter(text)).toBe(filter);
});

test.each(["live", "ended"] as const)(
  "the %s cases are turned over by 25, also where many have the same moment",
  async (filter) => {
    const state = filter === "live" ? "open" : "refused";
    const made: string[] = [];
    for (let count = 0; count < 60; count += 1) {
      const at = minutesAfter(Math.floor(count / 20));
      const times = { sentAt: at, endedAt: filter === "live" ? null : at };
      made.push((await makeCase({ accountId: null, state, ...times })).id);
    }
    const seen: string[] = [];
    const sizes: number[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listCases>> = await listCases({ filter, after });
      seen.push(...page.cases.map(({ id }) => id));
      sizes.push(page.cases.length);
      after = page.next;
    } while (after !== null);
    expect(sizes).toEqual([25, 25, 10]);
    expect([...seen].sort()).toEqual([...made].sort());
    const hostile = await listCases({ filter, after: "1-'; DROP TABLE account" });
    expect(hostile.cases[0]?.id).toBe(seen[0]);
  },
);

test("a case says what was proven, and how many of how many have agreed in this round", async () => {
  const staff = await makeStaff("support");
  const { id } = await makeCase({ proof: "session" });
  expect(await only(id)).toMatchObject({ proof: "session", approvals: { given: 0, needed: 2 } });
  await decideNow(staff, id, "approve");
  expect((await only(id))?.approvals).toEqual({ given: 1, needed: 2 });
  await decideNow(staff, id, "ask");
  expect((await only(id))?.approvals).toEqual({ given: 0, needed: 2 });
  await saveApprovalsNeeded(await makeStaff("admin"), "1");
  expect((await only(id))?.approvals).toEqual({ given: 0, needed: 1 });
  await db.recoveryCase.update({ where: { id }, data: { objectedAt: start } });
  expect(await only(id)).toMatchObject({
    approvals: { given: 0, needed: 2 },
    flags: ["objected"],
  });
});

test("a case without anything to look at twice has no flag", async () => {
  const { accountId } = await makeCase({ state: "refused", endedAt: start });
  const { id } = await makeCase({ accountId });
  expect((await only(id))?.flags).toEqual([]);
});

test("an address without an account is flagged", async () => {
  const { id } = await makeCase({ accountId: null });
  await makeCase({ accountId: null });
  expect((await only(id))?.flags).toEqual(["noAccount"]);
});

test("a new address that has an account, or is kept free for another one, is flagged", async () => {
  const other = await makeAccount();
  const { id } = await makeCase({ newEmail: other.email });
  expect((await only(id))?.flags).toEqual(["newHasAccount"]);
  const [kept, until] = [freshAddress(), new Date(Date.now() + 3_600_000)];
  const times = { createdAt: start, expiresAt: start, endedAt: start, undoUntil: until };
  const change = { oldEmail: kept, newEmail: other.email, endedBecause: "done", ...times };
  await db.emailChange.create({ data: { ...change, accountId: other.id } });
  const second = await makeCase({ newEmail: kept });
  expect((await only(second.id))?.flags).toEqual(["newHasAccount"]);
  const own = (await makeActor()).session;
  const again = freshAddress();
  await db.emailChange.create({
    data: { ...change, oldEmail: again, accountId: own.accountId },
  });
  const third = await makeCase({ accountId: own.accountId, newEmail: again });
  expect((await only(third.id))?.flags).toEqual([]);
});

test("a case whose account was closed has ended so, and is not one without an account", async () => {
  const closed = await makeCase();
  await closeAccountOf(closed);
  expect((await live()).cases).toEqual([]);
  expect((await ended()).cases).toMatchObject([{ id: closed.id, state: "closed", flags: [] }]);
});

test("several live cases of one account are flagged, each of them", async () => {
  const first = await makeCase();
  const second = await makeCase({ accountId: first.accountId, state: "needs-more" });
  expect((await only(first.id))?.flags).toEqual(["severalLive"]);
  expect((await only(second.id))?.flags).toEqual(["severalLive"]);
});

test("the queue names nobody, so that opening it reads no personal data", async () => {
  const { accountEmail, newEmail } = await makeCase({
    objectedAt: start,
    objectedBy: "x@y.example",
  });
  const text = JSON.stringify(await live());
  for (const address of [accountEmail, newEmail ?? "", "x@y.example", "Ana"]) {
    expect(text).not.toContain(address);
  }
});

test("approvals for another case, or of nobody's account, count for none", async () => {
  const { id } = await makeCase();
  const other = await makeCase();
  await decideNow(await makeStaff("support"), other.id, "approve");
  await db.caseDecision.create({
    data: {
      caseId: id,
      staffId: randomUUID(),
      staffName: "Rui",
      verdict: "approve",
      reason: "It fits.",
      round: 1,
      at: start,
    },
  });
  expect((await only(id))?.approvals.given).toBe(0);
});
