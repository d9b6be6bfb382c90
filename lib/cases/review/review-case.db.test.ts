import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { viewCase } from "@/lib/cases/review/review-case";
import { db } from "@/lib/db/client";
import { addFurther, makeActor } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import {
  addDocument,
  closeAccountOf,
  decideNow,
  makeCase,
  queueUp,
  reason,
} from "@/lib/testing/case-review";
import { later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();
stoppedClock();

const viewsOf = async (caseId: string) =>
  (await auditOf(caseId)).filter(({ action }) => action === "case-viewed");

test("a case shows what was sent, whole, beside what we know of the account", async () => {
  const { accountId, account } = (await makeActor({ trusted: ["203.0.113.7", "192.0.2.9"] }))
    .session;
  await db.account.update({
    where: { id: accountId },
    data: { phone: "+351215550100", phoneChangedAt: start },
  });
  await addFurther(accountId, "second-of-viewed@example.com");
  const client = { ip: "203.0.113.7", countryCode: null, userAgent: "" };
  const judged = { accountId, because: "known-place", ...client };
  for (const verdict of ["entered", "asked-for-code", "entered"]) {
    await db.signInJudgement.create({ data: { ...judged, verdict, at: start } });
  }
  const earlier = await makeCase({ accountId, state: "refused", endedAt: start });
  await makeCase({ accountId, state: "draft", sentAt: null });
  const { id, newEmail, reference } = await makeCase({ accountId, fromLongTrusted: true });
  const view = await viewCase(await makeStaff("support"), id);
  expect(view).toMatchObject({
    reference,
    state: "open",
    version: 1,
    canDecide: "all",
    isOneself: false,
    sent: {
      accountEmail: account.email,
      newEmail,
      ip: "198.51.100.20",
      countryCode: "PT",
      browser: "Firefox 145",
      fromLongTrusted: true,
    },
    wouldChangeAt: new Date("2026-11-23T12:00:00Z"),
    record: {
      name: "Ana",
      email: account.email,
      addresses: [{ email: "second-of-viewed@example.com", confirmed: true }],
      phone: "+351215550100",
      isStaff: false,
      places: 2,
      otherCases: [{ id: earlier.id, reference: earlier.reference, state: "refused" }],
    },
  });
  expect(view?.record?.signIns).toHaveLength(2);
});

test("a case about nobody has no record, and can be asked about", async () => {
  const { id } = await makeCase({ accountId: null });
  const view = await viewCase(await makeStaff("support"), id);
  expect(view).toMatchObject({ record: null, flags: ["noAccount"], canDecide: "all" });
});

test("each decision is shown, and which approvals count", async () => {
  const { id } = await makeCase();
  const staff = await makeStaff("support");
  await decideNow(staff, id, "approve");
  later(1);
  await decideNow(staff, id, "ask");
  later(2);
  await decideNow(staff, id, "approve");
  const view = await viewCase(staff, id);
  expect(view?.decisions).toMatchObject([
    { verdict: "approve", reason, staffName: "Ana", counts: false },
    { verdict: "ask", counts: false },
    { verdict: "approve", counts: true },
  ]);
  expect(view?.approvals).toEqual({ given: 1, needed: 2 });
});

test.each([
  ["open", "all"],
  ["needs-more", "all"],
  ["approved", "refuse"],
  ["done", "nothing"],
  ["refused", "nothing"],
  ["withdrawn", "nothing"],
])("what is %s leaves %s to decide", async (state, canDecide) => {
  const { id } = await makeCase({ state });
  expect(await viewCase(await makeStaff("support"), id)).toMatchObject({ canDecide });
});

test("who the case is about reads that others decide", async () => {
  const staff = await makeStaff("admin");
  const { id } = await makeCase({ newEmail: staff.session.account.email });
  expect((await viewCase(staff, id))?.isOneself).toBe(true);
});

test("a look is in the audit log once in 15 minutes for each member of staff and case", async () => {
  const [staff, colleague] = [await makeStaff("support"), await makeStaff("admin")];
  const [{ id, reference, accountEmail }, other] = [await makeCase(), await makeCase()];
  const look = () => viewCase(staff, id);
  await queueUp("audit", [look, look, look]);
  later(14.9);
  await viewCase(staff, id);
  expect(await viewsOf(id)).toMatchObject([
    { actorId: staff.session.accountId, subjectKind: "case", details: { reference } },
  ]);
  await viewCase(colleague, id);
  expect(await viewsOf(id)).toHaveLength(2);
  await viewCase(staff, other.id);
  expect(await viewsOf(other.id)).toHaveLength(1);
  later(15);
  await viewCase(staff, id);
  expect(await viewsOf(id)).toHaveLength(3);
  const entries = await viewsOf(id);
  expect(JSON.stringify(entries.map(({ details }) => details))).not.toContain(accountEmail);
});

test.each(["", "x", "%00", "0".repeat(36), randomUUID()])("no case has the id %j", async (id) => {
  expect(await viewCase(await makeStaff("support"), id)).toBeNull();
  expect(await viewsOf(id)).toEqual([]);
});

test("of a case whose account was closed nothing is left to see or to decide", async () => {
  const staff = await makeStaff("support");
  const made = await makeCase();
  await addDocument(made.id);
  await decideNow(staff, made.id, "approve");
  await closeAccountOf(made);
  const view = await viewCase(staff, made.id);
  expect(view).toMatchObject({ state: "closed", canDecide: "nothing", record: null });
  expect(view).toMatchObject({ documents: [], decisions: [] });
  expect(JSON.stringify(view)).not.toContain(made.accountEmail);
});

test("a draft is shown to nobody", async () => {
  const staff = await makeStaff("support");
  const draft = await makeCase({ state: "draft", sentAt: null });
  expect(await viewCase(staff, draft.id)).toBeNull();
});

test("a document says whether it is kept, purged or cannot be read", async () => {
  const { id } = await makeCase();
  const kept = await addDocument(id, { name: "kept.png" });
  const purged = await addDocument(id, { name: "purged.pdf", type: "application/pdf" });
  await db.caseDocument.update({ where: { id: purged.id }, data: { sealed: null } });
  const lost = await addDocument(id, { name: "lost.png" });
  await db.caseDocument.update({ where: { id: lost.id }, data: { secretId: "gone" } });
  const { documents = [] } = (await viewCase(await makeStaff("support"), id)) ?? {};
  const states = new Map(documents.map((document) => [document.id, document.state]));
  expect(states).toEqual(
    new Map([
      [kept.id, "kept"],
      [purged.id, "purged"],
      [lost.id, "unreadable"],
    ]),
  );
});
