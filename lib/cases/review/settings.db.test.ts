import { afterEach, expect, test } from "vitest";
import {
  approvalChoices,
  readApprovalsNeeded,
  saveApprovalsNeeded,
} from "@/lib/cases/review/settings";
import { db } from "@/lib/db/client";
import { queueUp } from "@/lib/testing/case-review";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

afterEach(async () => {
  await db.setting.deleteMany();
});

const changes = () =>
  db.auditEntry.findMany({ where: { action: "setting-changed" }, orderBy: { seq: "asc" } });

test("two must agree until an admin sets one to be enough, and two again", async () => {
  const admin = await makeStaff("admin");
  expect(await readApprovalsNeeded()).toBe(2);
  expect(await saveApprovalsNeeded(admin, "1")).toEqual({ kind: "saved" });
  expect(await readApprovalsNeeded()).toBe(1);
  expect(await saveApprovalsNeeded(admin, "2")).toEqual({ kind: "saved" });
  expect(await readApprovalsNeeded()).toBe(2);
});

test("a change is in the audit log with what was before, once; what changes nothing is not", async () => {
  const admin = await makeStaff("admin");
  const earlier = (await changes()).length;
  expect(await saveApprovalsNeeded(admin, "2")).toEqual({ kind: "unchanged" });
  const save = () => saveApprovalsNeeded(admin, "1");
  const outcomes = await queueUp("audit", [save, save, save]);
  expect(outcomes.filter(({ kind }) => kind === "saved")).toHaveLength(1);
  expect((await changes()).slice(earlier)).toMatchObject([
    {
      actorId: admin.session.accountId,
      subjectKind: "setting",
      subjectId: "case-approvals",
      details: { before: 2, after: 1 },
    },
  ]);
});

test.each(["", "0", "3", "-1", "1.0", "01", " 1", "one", "9".repeat(400)])(
  "%j is none of the choices",
  async (typed) => {
    expect(await saveApprovalsNeeded(await makeStaff("admin"), typed)).toEqual({ kind: "invalid" });
    expect(await readApprovalsNeeded()).toBe(2);
  },
);

test.each([0, 3, "1", null, { value: 1 }, [1]])(
  "a stored %j, which nobody can have set, counts as two",
  async (value) => {
    const row = { name: "case-approvals", changedAt: new Date() };
    await db.setting.create({ data: { ...row, value: value === null ? "null" : value } });
    expect(await readApprovalsNeeded()).toBe(2);
  },
);

test("who was signed out meanwhile sets nothing", async () => {
  const admin = await makeStaff("admin");
  await db.session.update({ where: { id: admin.session.id }, data: { endedAt: new Date() } });
  expect(await saveApprovalsNeeded(admin, "1")).toEqual({ kind: "signed-out" });
  expect(await readApprovalsNeeded()).toBe(2);
});

test("nobody can set that none is needed", () => {
  expect(Math.min(...approvalChoices)).toBe(1);
});
