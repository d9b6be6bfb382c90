import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import type { CustomerPage } from "@/lib/support/customer-page";
import { grantHotlinePass } from "@/lib/support/hotline-pass";
import { liftBlock } from "@/lib/support/lift-block";
import { readTimelineView } from "@/lib/support/timeline";
import { supportPinOf } from "@/lib/support-pin/support-pin";
import { makeActor } from "@/lib/testing/actors";
import { blockAt, makeCase, reason, startSignIn } from "@/lib/testing/callers";
import { read } from "@/lib/testing/customer-page";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

const start = new Date();
const afterMinutes = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(start);
});
afterEach(() => {
  vi.useRealTimers();
});

test("the timeline holds everything in one order, the latest first", async () => {
  const { accountId: id } = (await makeActor()).session;
  const [staff, colleague] = [await makeStaff("support"), await makeStaff("support")];
  const minute = (minutes: number) => vi.setSystemTime(afterMinutes(minutes));
  const pending = await startSignIn(id);
  minute(1);
  const reference = await blockAt(id, "198.51.100.9", "not-me");
  minute(2);
  const recoveryCase = await makeCase(id, { state: "refused" });
  const decided = { staffId: staff.session.accountId, staffName: "Rui", round: 1, at: new Date() };
  await db.caseDecision.create({
    data: { caseId: recoveryCase.id, verdict: "refuse", reason: "The papers differ", ...decided },
  });
  minute(3);
  const pin = supportPinOf(await db.account.findUniqueOrThrow({ where: { id } }));
  const request = { staff, customerId: id, reason };
  const call = { pin, reference: pending.reference, calledBack: false };
  expect((await grantHotlinePass({ ...request, ...call })).kind).toBe("granted");
  minute(4);
  const { timeline } = await read(colleague, id);
  const times = timeline.map(({ at }) => at.getTime());
  expect(times).toEqual([...times].sort((one, other) => other - one));
  expect(new Set(timeline.map(({ id: rowId }) => rowId)).size).toBe(timeline.length);
  const has = (what: object) => expect(timeline).toContainEqual(expect.objectContaining(what));
  has({ source: "sign-in", verdict: "askedForCode", ip: "198.51.100.66", browser: "Firefox 145" });
  has({ source: "mail", mail: expect.objectContaining({ kind: "sign-in-code", state: "queued" }) });
  has({ source: "block", because: "not-me", reference, ip: "198.51.100.9" });
  has({ source: "decision", verdict: "refuse", who: "Rui", reason: "The papers differ" });
  has({ source: "activity", kind: "hotline-pass", ip: null });
  const who = staff.session.account.email;
  has({ source: "audit", action: "hotline-pass", who, reason });
  expect(timeline[0]).toMatchObject({ source: "audit", action: "customer-viewed" });
});

test("the timeline comes in pages that hold everything once, also what happened in one moment", async () => {
  const [{ id }, other] = [await makeAccount(), await makeAccount()];
  const staff = await makeStaff("support");
  const at = new Date();
  const judged = { verdict: "entered", because: "known-place", userAgent: "", at };
  const changed = { kind: "place-removed", about: {}, userAgent: "", at };
  const rows = Array.from({ length: 30 }, () => ({ accountId: id, ...judged }));
  await db.signInJudgement.createMany({ data: rows });
  await db.activity.createMany({
    data: Array.from({ length: 30 }, () => ({ accountId: id, ...changed })),
  });
  await db.activity.create({ data: { accountId: other.id, ...changed } });
  for (const ip of ["198.51.100.1", "198.51.100.2"]) await blockAt(id, ip);
  await read(staff, id);
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: CustomerPage = await read(staff, id, after);
    expect(page.timeline.length).toBeLessThanOrEqual(25);
    seen.push(...page.timeline.map((entry) => entry.id));
    after = page.next;
  } while (after !== null);
  // 60 rows, two blocks, one look.
  expect(seen).toHaveLength(63);
  expect(new Set(seen).size).toBe(63);
});

test.each(["x", "-1", `1-${randomUUID()}`, "\u0000"])(
  "an address with the cursor %j shows a page",
  async (after) => {
    const { id } = await makeAccount();
    expect((await read(await makeStaff("support"), id, after)).next).toBeNull();
  },
);

test("what was lifted is out of the blocks, and in the timeline", async () => {
  const { accountId: customerId } = (await makeActor()).session;
  const staff = await makeStaff("support");
  const reference = await blockAt(customerId);
  await liftBlock({ staff, customerId, reference, reason });
  const page = await read(staff, customerId);
  expect(page.blocks).toEqual([]);
  const lifted = page.timeline.filter((one) => one.source === "activity");
  expect(lifted).toMatchObject([{ kind: "block-lifted", about: { reason } }]);
});

test.each([
  ["sign-ins", ["block", "sign-in"]],
  ["mails", ["mail"]],
  ["account", ["activity"]],
  ["support", ["audit", "decision"]],
] as const)("the part %s of a timeline holds %j and nothing else", async (view, sources) => {
  const { accountId: id } = (await makeActor()).session;
  const staff = await makeStaff("support");
  await startSignIn(id);
  const reference = await blockAt(id);
  await liftBlock({ staff, customerId: id, reference, reason });
  await blockAt(id);
  const { id: caseId } = await makeCase(id, { state: "refused" });
  const by = { staffId: staff.session.accountId, staffName: "Rui", round: 1, at: new Date() };
  const decided = { caseId, verdict: "refuse", reason: "The papers differ", ...by };
  await db.caseDecision.create({ data: decided });
  const { timeline } = await read(staff, id, null, view);
  expect([...new Set(timeline.map(({ source }) => source))].sort()).toEqual(sources);
});

test.each(["", "x", "__proto__", "toString", ["mails"], undefined])(
  "an address that asks for the part %j shows all",
  (typed) => {
    expect(readTimelineView(typed)).toBe("all");
  },
);
