import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { decideCase } from "@/lib/cases/review/review-decide";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { activitiesOf, addFurther } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import { closeAccountOf, decideNow, kindsTo, makeCase, reason } from "@/lib/testing/case-review";
import { hoursAfter, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { caseNow } from "@/lib/testing/drafts";
import { freshAddress, makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();
stoppedClock();

afterEach(async () => {
  delete process.env.CASE_COOLING_HOURS;
  resetEnvironment();
  await db.setting.deleteMany();
});

const decisionsOf = (caseId: string) =>
  db.caseDecision.findMany({ where: { caseId }, orderBy: { at: "asc" } });

/** Approves a case by two members of staff. */
async function approve(id: string): Promise<void> {
  await decideNow(await makeStaff("support"), id, "approve");
  await decideNow(await makeStaff("support"), id, "approve");
}

test("nobody decides about themselves: neither on their account nor where an address is theirs", async () => {
  const staff = await makeStaff("admin");
  const { accountId, account } = staff.session;
  await addFurther(accountId, "staff-second@example.com");
  const own = [
    await makeCase({ accountId }),
    await makeCase({ newEmail: account.email }),
    await makeCase({ newEmail: "staff-second@example.com" }),
    await makeCase({ accountEmail: "staff-second@example.com" }),
    await makeCase({ accountId: null, accountEmail: account.email }),
  ];
  for (const { id } of own) {
    for (const decision of ["approve", "refuse", "ask"] as const) {
      expect(await decideNow(staff, id, decision)).toEqual({ kind: "oneself" });
    }
    expect(await caseNow(id)).toMatchObject({ state: "open", version: 1 });
    expect(await decisionsOf(id)).toEqual([]);
  }
});

test("asking for more is mailed to who asked, and earlier approvals count no more", async () => {
  const [first, second] = [await makeStaff("support"), await makeStaff("support")];
  const { id, accountEmail, newEmail } = await makeCase();
  await decideNow(first, id, "approve");
  const question = "Send an invoice of last year.";
  expect(await decideNow(second, id, "ask", question)).toEqual({ kind: "asked" });
  expect(await caseNow(id)).toMatchObject({ state: "needs-more", round: 2, moreAsked: question });
  expect(await kindsTo(newEmail)).toEqual(["case-question"]);
  const mail = await db.mail.findFirstOrThrow({ where: { recipient: newEmail ?? "" } });
  expect(mail.facts).toMatchObject({ message: question });
  expect(await kindsTo(accountEmail)).toEqual([]);
  expect(await decideNow(second, id, "approve")).toEqual({ kind: "agreed", missing: 1 });
  expect(await decideNow(first, id, "approve")).toEqual({ kind: "approved" });
});

test("a refusal ends it with its reason, and everybody is notified", async () => {
  const { id, accountId, accountEmail, newEmail } = await makeCase();
  const why = "The name on the document is another one.";
  expect(await decideNow(await makeStaff("support"), id, "refuse", why)).toEqual({
    kind: "refused",
  });
  const ended = { state: "refused", refusedBecause: why, endedAt: start };
  expect(await caseNow(id)).toMatchObject(ended);
  expect(await kindsTo(newEmail)).toEqual(["case-refused"]);
  const mail = await db.mail.findFirstOrThrow({ where: { recipient: newEmail ?? "" } });
  expect(mail.facts).toMatchObject({ message: why });
  expect(await kindsTo(accountEmail)).toEqual(["case-ended"]);
  expect((await activitiesOf(accountId ?? "")).map(({ kind }) => kind)).toEqual(["case-ended"]);
  for (const decision of ["approve", "refuse", "ask"] as const) {
    expect(await decideNow(await makeStaff("support"), id, decision)).toEqual({ kind: "over" });
  }
});

test("what was approved can be refused during the cooling time, by one", async () => {
  const { id } = await makeCase();
  await approve(id);
  const late = await makeStaff("support");
  expect(await decideNow(late, id, "ask")).toEqual({ kind: "over" });
  expect(await decideNow(late, id, "refuse")).toEqual({ kind: "refused" });
  expect((await caseNow(id)).state).toBe("refused");
});

test("an address without an account: nothing can be approved, it can be refused, and no owner is notified", async () => {
  const { id, accountEmail, newEmail } = await makeCase({ accountId: null });
  const staff = await makeStaff("support");
  expect(await decideNow(staff, id, "approve")).toEqual({ kind: "no-account" });
  expect(await decideNow(staff, id, "refuse")).toEqual({ kind: "refused" });
  expect(await kindsTo(newEmail)).toEqual(["case-refused"]);
  expect(await kindsTo(accountEmail)).toEqual([]);
});

test("a new address that has an account, or is kept free for one, is not approved", async () => {
  const staff = await makeStaff("support");
  const taken = await makeAccount();
  const { id } = await makeCase({ newEmail: taken.email });
  expect(await decideNow(staff, id, "approve")).toEqual({ kind: "taken" });
  const kept = freshAddress();
  const change = { accountId: taken.id, oldEmail: kept, newEmail: taken.email };
  const times = { createdAt: start, expiresAt: start, endedAt: start };
  const done = { ...change, ...times, endedBecause: "done", undoUntil: hoursAfter(1) };
  await db.emailChange.create({ data: done });
  const other = await makeCase({ newEmail: kept });
  expect(await decideNow(staff, other.id, "approve")).toEqual({ kind: "taken" });
});

test("each decision is in the audit log, and what was not taken is not", async () => {
  const staff = await makeStaff("support");
  const { id, reference, accountEmail, newEmail } = await makeCase();
  await decideNow(staff, id, "approve");
  await decideNow(staff, id, "approve");
  await decideNow(staff, id, "ask");
  await decideNow(staff, id, "refuse");
  const entries = await auditOf(id);
  expect(entries.map(({ action, details }) => [action, details])).toEqual([
    ["case-approved", { reference, round: 1, lost: "mailbox" }],
    ["case-more-asked", { reference, round: 1, lost: "mailbox" }],
    ["case-refused", { reference, round: 2, lost: "mailbox" }],
  ]);
  for (const entry of entries) {
    expect(entry).toMatchObject({
      actorId: staff.session.accountId,
      subjectKind: "case",
      role: "support",
      reason,
    });
    expect(JSON.stringify(entry.details)).not.toMatch(accountEmail);
    expect(JSON.stringify(entry.details)).not.toMatch(newEmail ?? "");
  }
});

test.each([
  ["", "textMissing"],
  [" \r\n \0 ", "textMissing"],
  ["no", "textTooShort"],
  ["x".repeat(1_001), "textTooLong"],
])("the text %j is refused and changes nothing", async (text, error) => {
  const staff = await makeStaff("support");
  const { id } = await makeCase();
  for (const decision of ["approve", "refuse", "ask"] as const) {
    expect(await decideNow(staff, id, decision, text)).toEqual({ kind: "invalid", error });
  }
  expect(await caseNow(id)).toMatchObject({ state: "open", version: 1 });
});

test("a hostile text is taken as text: lines, markup, NUL and a thousand characters", async () => {
  const { id, newEmail } = await makeCase();
  const text = `one\r\n<script>alert(1)</script>\0 ${"é".repeat(900)}`;
  expect((await decideNow(await makeStaff("support"), id, "refuse", text)).kind).toBe("refused");
  const { refusedBecause } = await caseNow(id);
  expect(refusedBecause).toBe(`one\n<script>alert(1)</script> ${"é".repeat(900)}`);
  expect(await kindsTo(newEmail)).toEqual(["case-refused"]);
});

test.each(["", "x", "%00", "../cases", randomUUID()])("no case has the id %j", async (id) => {
  const decision = { id, seenVersion: 1, decision: "approve" as const, text: reason };
  expect(await decideCase(await makeStaff("support"), decision)).toEqual({ kind: "unknown" });
});

test("a draft is nobody's to decide on", async () => {
  const { id } = await makeCase({ state: "draft", sentAt: null });
  expect(await decideNow(await makeStaff("support"), id, "refuse")).toEqual({ kind: "unknown" });
});

test("a version that was never shown decides nothing", async () => {
  const { id } = await makeCase();
  const staff = await makeStaff("support");
  for (const seenVersion of [0, 2, -1, Number.NaN]) {
    const typed = { id, seenVersion, decision: "refuse" as const, text: reason };
    expect(await decideCase(staff, typed)).toEqual({ kind: "outdated" });
  }
});

test("a case whose account was closed meanwhile is gone, and nothing breaks", async () => {
  const staff = await makeStaff("support");
  const { id, accountId, newEmail, version: seenVersion } = await makeCase();
  await decideNow(await makeStaff("support"), id, "approve");
  await closeAccountOf({ accountId });
  const kinds = await kindsTo(newEmail);
  for (const decision of ["approve", "refuse", "ask"] as const) {
    const outcome = await decideCase(staff, { id, seenVersion, decision, text: reason });
    expect(["unknown", "over"]).toContain(outcome.kind);
  }
  expect(await decisionsOf(id)).toEqual([]);
  expect(await kindsTo(newEmail)).toEqual(kinds);
});

test("an account that is erased in that very moment: the decision was first, or there is none", async () => {
  const staff = await makeStaff("support");
  const { id, accountId, version: seenVersion } = await makeCase();
  const decision = { id, seenVersion, decision: "refuse" as const, text: reason };
  const [outcome] = await Promise.all([decideCase(staff, decision), closeAccountOf({ accountId })]);
  expect(["unknown", "over", "refused"]).toContain(outcome.kind);
  expect(await db.account.count({ where: { id: accountId ?? "" } })).toBe(0);
  expect(await db.activity.count({ where: { accountId: accountId ?? "" } })).toBe(0);
  expect((await auditOf(id)).length).toBe(outcome.kind === "refused" ? 1 : 0);
});

test("who is no longer signed in, or no longer staff, decides nothing", async () => {
  const { id } = await makeCase();
  const out = await makeStaff("support");
  await db.session.updateMany({ where: { id: out.session.id }, data: { endedAt: start } });
  expect(await decideNow(out, id, "refuse")).toEqual({ kind: "signed-out" });
  const former = await makeStaff("support");
  const { accountId } = former.session;
  await db.account.update({ where: { id: accountId }, data: { role: "customer" } });
  expect(await decideNow(former, id, "refuse")).toEqual({ kind: "signed-out" });
  const gone = await makeStaff("support");
  await db.account.delete({ where: { id: gone.session.accountId } });
  expect(await decideNow(gone, id, "refuse")).toEqual({ kind: "signed-out" });
  expect((await caseNow(id)).state).toBe("open");
});
