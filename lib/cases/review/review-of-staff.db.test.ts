import { afterEach, expect, test, vi } from "vitest";
import { viewCase } from "@/lib/cases/review/review-case";
import { listCases } from "@/lib/cases/review/review-queue";
import { saveApprovalsNeeded } from "@/lib/cases/review/settings";
import { db } from "@/lib/db/client";
import { decideNow, kindsTo, makeCase } from "@/lib/testing/case-review";
import { hoursAfter, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { caseNow } from "@/lib/testing/drafts";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();
stoppedClock();

afterEach(async () => {
  await db.recoveryCase.deleteMany();
  await db.setting.deleteMany();
});

const idOf = ({ session }: { session: { accountId: string } }) => session.accountId;
const setRole = (id: string, role: string) => db.account.update({ where: { id }, data: { role } });

/** A case of an account of the staff, from a place it trusts for long. */
async function makeCaseOfStaff(role: "marketing" | "support" | "admin" = "support") {
  const colleague = await makeStaff(role);
  return makeCase({ accountId: idOf(colleague), fromLongTrusted: true });
}

test.each(["marketing", "support", "admin"] as const)(
  "support does not approve a case about %s, but can ask and refuse",
  async (role) => {
    const { id, newEmail } = await makeCaseOfStaff(role);
    const staff = await makeStaff("support");
    expect(await decideNow(staff, id, "approve")).toEqual({ kind: "admins-only" });
    expect(await caseNow(id)).toMatchObject({ state: "open", version: 1 });
    expect(await db.caseDecision.count({ where: { caseId: id } })).toBe(0);
    expect(await decideNow(staff, id, "ask")).toEqual({ kind: "asked" });
    expect(await decideNow(staff, id, "refuse")).toEqual({ kind: "refused" });
    expect((await kindsTo(newEmail)).sort()).toEqual(["case-question", "case-refused"]);
  },
);

test("two admins approve it, though one is set to be enough, and it cools for the whole time", async () => {
  await saveApprovalsNeeded(await makeStaff("admin"), "1");
  const { id } = await makeCaseOfStaff();
  const [one, other] = [await makeStaff("admin"), await makeStaff("admin")];
  expect(await decideNow(one, id, "approve")).toEqual({ kind: "agreed", missing: 1 });
  expect(await decideNow(one, id, "approve")).toEqual({ kind: "approved-by-you" });
  expect(await decideNow(other, id, "approve")).toEqual({ kind: "approved" });
  expect((await caseNow(id)).coolsUntil).toEqual(hoursAfter(72));
});

test("an approval that support gave to a customer does not count once the customer is staff", async () => {
  const { id, accountId } = await makeCase();
  await decideNow(await makeStaff("support"), id, "approve");
  await setRole(accountId ?? "", "marketing");
  const admin = await makeStaff("admin");
  expect((await viewCase(admin, id))?.approvals).toEqual({ given: 0, needed: 2 });
  expect(await decideNow(admin, id, "approve")).toEqual({ kind: "agreed", missing: 1 });
});

test("the page says so, to support without the form to approve, and the queue flags it", async () => {
  const { id } = await makeCaseOfStaff();
  const [support, admin] = [await makeStaff("support"), await makeStaff("admin")];
  const usual = { isOfStaff: true, canDecide: "all", wouldChangeAt: hoursAfter(72) };
  expect(await viewCase(support, id)).toMatchObject({ ...usual, mayApprove: false });
  expect(await viewCase(admin, id)).toMatchObject({ ...usual, mayApprove: true });
  const { cases } = await listCases({ filter: "live", after: null });
  expect(cases).toMatchObject([{ id, flags: ["staffAccount"], approvals: { needed: 2 } }]);
  const customers = await makeCase();
  const shown = { isOfStaff: false, mayApprove: true };
  expect(await viewCase(support, customers.id)).toMatchObject(shown);
});

test.each(["customer", "marketing"])(
  "an approval of somebody who is %s by now counts no more",
  async (role) => {
    const { id } = await makeCase();
    const [former, second, third] = [
      await makeStaff("support"),
      await makeStaff("support"),
      await makeStaff("admin"),
    ];
    await decideNow(former, id, "approve");
    await setRole(idOf(former), role);
    const view = await viewCase(second, id);
    expect(view?.approvals.given).toBe(0);
    expect(view?.decisions).toMatchObject([{ verdict: "approve", counts: false }]);
    expect(await decideNow(second, id, "approve")).toEqual({ kind: "agreed", missing: 1 });
    expect(await decideNow(third, id, "approve")).toEqual({ kind: "approved" });
  },
);

test("an approval of somebody whose account is gone counts no more", async () => {
  const { id } = await makeCase();
  const gone = await makeStaff("support");
  await decideNow(gone, id, "approve");
  await db.account.delete({ where: { id: idOf(gone) } });
  const staff = await makeStaff("support");
  expect((await viewCase(staff, id))?.approvals.given).toBe(0);
  expect(await decideNow(staff, id, "approve")).toEqual({ kind: "agreed", missing: 1 });
});

test("a password that was changed since takes the proof away, and the short time with it", async () => {
  const { id, accountId } = await makeCase({ fromLongTrusted: true, proof: "password" });
  const staff = await makeStaff("support");
  const before = await viewCase(staff, id);
  expect(before).toMatchObject({ proof: "password", wouldChangeAt: hoursAfter(24) });
  vi.setSystemTime(hoursAfter(1));
  await db.account.update({
    where: { id: accountId ?? "" },
    data: { passwordChangedAt: hoursAfter(1) },
  });
  const after = await viewCase(staff, id);
  const sent = { proof: "password" };
  expect(after).toMatchObject({ proof: "nothing", sent, wouldChangeAt: hoursAfter(73) });
  const { cases } = await listCases({ filter: "live", after: null });
  expect(cases[0]?.proof).toBe("nothing");
  await decideNow(staff, id, "approve");
  await decideNow(await makeStaff("support"), id, "approve");
  expect((await caseNow(id)).coolsUntil).toEqual(hoursAfter(73));
});
