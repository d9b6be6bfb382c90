import { afterEach, expect, test } from "vitest";
import { decideCase } from "@/lib/cases/review/review-decide";
import { saveApprovalsNeeded } from "@/lib/cases/review/settings";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { activitiesOf, addFurther, mailsOf } from "@/lib/testing/actors";
import { decideNow, kindsTo, makeCase, queueUp, reason } from "@/lib/testing/case-review";
import { hoursAfter, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { caseNow } from "@/lib/testing/drafts";
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
const emailOf = async (id: string) => (await db.account.findUniqueOrThrow({ where: { id } })).email;

/** Approves a case by two members of staff. */
async function approve(id: string): Promise<void> {
  await decideNow(await makeStaff("support"), id, "approve");
  await decideNow(await makeStaff("support"), id, "approve");
}

test("two members of staff agree; the first alone changes nothing and notifies nobody", async () => {
  const [first, second] = [await makeStaff("support"), await makeStaff("admin")];
  const { id, accountEmail, newEmail } = await makeCase();
  expect(await decideNow(first, id, "approve")).toEqual({ kind: "agreed", missing: 1 });
  expect(await caseNow(id)).toMatchObject({ state: "open", version: 2, coolsUntil: null });
  expect([...(await kindsTo(accountEmail)), ...(await kindsTo(newEmail))]).toEqual([]);
  expect(await decideNow(second, id, "approve")).toEqual({ kind: "approved" });
  expect(await caseNow(id)).toMatchObject({
    state: "approved",
    version: 3,
    approvedAt: start,
    remindAt: hoursAfter(36),
    coolsUntil: hoursAfter(72),
    remindedAt: null,
    endedAt: null,
  });
});

test("an approval is mailed to every old address and to who asked, and changes no address", async () => {
  const { id, accountId, accountEmail, newEmail } = await makeCase();
  await addFurther(accountId ?? "", "second-of-approved@example.com");
  await approve(id);
  expect(await kindsTo(accountEmail)).toEqual(["case-will-change"]);
  expect(await kindsTo("second-of-approved@example.com")).toEqual(["case-will-change"]);
  expect(await kindsTo(newEmail)).toEqual(["case-approved"]);
  const [mail] = await mailsOf(accountId ?? "", "case-will-change");
  const until = hoursAfter(72).toISOString();
  expect(mail).toMatchObject({
    linkType: "object-case",
    linkRowId: expect.any(String),
    facts: { until },
  });
  expect(await emailOf(accountId ?? "")).toBe(accountEmail);
  const activities = await activitiesOf(accountId ?? "");
  expect(activities.map(({ kind }) => kind)).toEqual(["case-approved"]);
  expect(JSON.stringify(activities)).not.toContain(newEmail);
});

test("the same member of staff twice is one of two, in two browsers too", async () => {
  const staff = await makeStaff("support");
  const again = await makeStaff("support", { accountId: staff.session.accountId });
  const { id } = await makeCase();
  await decideNow(staff, id, "approve");
  expect(await decideNow(staff, id, "approve")).toEqual({ kind: "approved-by-you" });
  expect(await decideNow(again, id, "approve")).toEqual({ kind: "approved-by-you" });
  expect((await caseNow(id)).state).toBe("open");
  expect(await decisionsOf(id)).toHaveLength(1);
});

test("an admin can set one to be enough", async () => {
  await saveApprovalsNeeded(await makeStaff("admin"), "1");
  const { id } = await makeCase();
  expect(await decideNow(await makeStaff("support"), id, "approve")).toEqual({ kind: "approved" });
});

test("after an objection two decide, though one is set to be enough, and the short time is gone", async () => {
  await saveApprovalsNeeded(await makeStaff("admin"), "1");
  const objection = { objectedAt: start, objectedBy: "old@example.com", fromLongTrusted: true };
  const { id } = await makeCase(objection);
  const [first, second] = [await makeStaff("support"), await makeStaff("support")];
  expect(await decideNow(first, id, "approve")).toEqual({ kind: "agreed", missing: 1 });
  expect(await decideNow(second, id, "approve")).toEqual({ kind: "approved" });
  expect((await caseNow(id)).coolsUntil).toEqual(hoursAfter(72));
});

test("a place that was trusted for long shortens the cooling time to 24 hours, nothing to none", async () => {
  const long = await makeCase({ fromLongTrusted: true });
  await approve(long.id);
  expect(await caseNow(long.id)).toMatchObject({
    remindAt: hoursAfter(12),
    coolsUntil: hoursAfter(24),
  });
  process.env.CASE_COOLING_HOURS = "0.5";
  resetEnvironment();
  const short = await makeCase({ fromLongTrusted: true });
  await approve(short.id);
  expect((await caseNow(short.id)).coolsUntil).toEqual(hoursAfter(0.5));
});

test("two members of staff at the same moment: one reads that something changed", async () => {
  const staff = await Promise.all([1, 2, 3].map(() => makeStaff("support")));
  const { id, accountId, newEmail } = await makeCase();
  const typed = { id, seenVersion: 1, decision: "approve" as const, text: reason };
  const outcomes = await queueUp(
    accountId ?? "",
    staff.map((one) => () => decideCase(one, typed)),
  );
  const kinds = outcomes.map(({ kind }) => kind).sort();
  expect(kinds).toEqual(["agreed", "outdated", "outdated"]);
  expect(await caseNow(id)).toMatchObject({ state: "open", version: 2 });
  expect(await decisionsOf(id)).toHaveLength(1);
  expect(await kindsTo(newEmail)).toEqual([]);
});

test("approving and refusing at the same moment: exactly one of them counts", async () => {
  const [first, second] = [await makeStaff("support"), await makeStaff("support")];
  const { id, accountId, newEmail, version: seenVersion } = await makeCase();
  await db.caseDecision.create({
    data: {
      caseId: id,
      staffId: (await makeStaff("support")).session.accountId,
      staffName: "Rui",
      verdict: "approve",
      reason,
      round: 1,
      at: start,
    },
  });
  const outcomes = await queueUp(accountId ?? "", [
    () => decideCase(first, { id, seenVersion, decision: "approve", text: reason }),
    () => decideCase(second, { id, seenVersion, decision: "refuse", text: reason }),
  ]);
  const kinds = outcomes.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "approved" || kind === "refused")).toHaveLength(1);
  expect(await decisionsOf(id)).toHaveLength(2);
  const kind = kinds.includes("approved") ? "case-approved" : "case-refused";
  expect(await kindsTo(newEmail)).toEqual([kind]);
});
