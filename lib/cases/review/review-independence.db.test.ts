import { afterEach, expect, test } from "vitest";
import type { StaffMember } from "@/lib/account/staff-member";
import { viewCase } from "@/lib/cases/review/review-case";
import { listCases } from "@/lib/cases/review/review-queue";
import { saveApprovalsNeeded } from "@/lib/cases/review/settings";
import { caseSubject } from "@/lib/cases/store";
import { db } from "@/lib/db/client";
import { acceptInvitation } from "@/lib/staff/accept-invitation";
import { addFurther } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import { decideNow, makeCase, queueUp } from "@/lib/testing/case-review";
import { join, mailsTo, withRole } from "@/lib/testing/colleagues";
import { testDatabase } from "@/lib/testing/database";
import { caseNow } from "@/lib/testing/drafts";
import { invited } from "@/lib/testing/invitations";
import { newBrowser } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

afterEach(async () => {
  await db.setting.deleteMany();
  await db.recoveryCase.deleteMany();
  await db.account.updateMany({ data: { role: "customer" } });
});

const idOf = ({ session }: StaffMember) => session.accountId;
const refusedFor = (tie: string) => ({ kind: "not-independent", tie });
const agreed = { kind: "agreed", missing: 1 };
const approved = { kind: "approved" };

/** A case that nobody may approve by this member of staff's word alone, and what must not have happened. */
async function expectNotTaken(staff: StaffMember, id: string, tie: string): Promise<void> {
  const before = await caseNow(id);
  const other = await makeStaff("admin");
  await addFurther(idOf(other), `further-of-${idOf(other)}@example.com`);
  expect((await viewCase(staff, id))?.tie).toBe(tie);
  expect(await decideNow(staff, id, "approve")).toEqual(refusedFor(tie));
  expect(await caseNow(id)).toEqual(before);
  const [entry] = (await auditOf(id)).slice(-1);
  expect(entry).toMatchObject({
    action: "case-approval-refused",
    actorId: idOf(staff),
    details: { because: tie, reference: before.reference },
  });
  const sent = await mailsTo(other, "approval-refused");
  expect(sent.map(({ recipient }) => recipient)).toEqual([other.session.account.email]);
  const about = { member: staff.session.account.email, tie };
  expect(sent[0]?.facts).toMatchObject({ about, reference: before.reference });
  const own = (await mailsTo(staff, "approval-refused")).map(({ facts }) => JSON.stringify(facts));
  expect(own.filter((facts) => facts.includes(`"member":"${about.member}"`))).toEqual([]);
}

test("R15: an admin who invites a second address of their own after the case was sent is still one", async () => {
  const admin = await makeStaff("admin");
  const { id } = await makeCase();
  expect(await decideNow(admin, id, "approve")).toEqual(agreed);
  await expectNotTaken(await join("admin", admin), id, "joined-after");
  expect(await decideNow(await makeStaff("support"), id, "approve")).toEqual(approved);
});

test("nor the other way round: the second address first", async () => {
  const admin = await makeStaff("admin");
  const own = await join("support", admin);
  const { id } = await makeCase();
  expect(await decideNow(own, id, "approve")).toEqual(agreed);
  await expectNotTaken(admin, id, "invited");
});

test.each(["support", "admin"] as const)(
  "who joined as %s after the case was sent is none, whoever invited them",
  async (role) => {
    const [admin, other] = [await makeStaff("admin"), await makeStaff("support")];
    const { id } = await makeCase();
    await decideNow(other, id, "approve");
    await expectNotTaken(await join(role, admin), id, "joined-after");
    await expectNotTaken(await join(role, null), id, "joined-after");
  },
);

test("R15: one whom the other invited before the case is none either, through others too", async () => {
  const ana = await makeStaff("admin");
  const rui = await join("admin", ana);
  const eva = await join("support", rui);
  const { id } = await makeCase();
  expect(await decideNow(eva, id, "approve")).toEqual(agreed);
  await expectNotTaken(ana, id, "invited");
  await expectNotTaken(rui, id, "invited");
});

test("who invited whom is known when the one between has lost the role, or is gone", async () => {
  const ana = await makeStaff("admin");
  const rui = await join("admin", ana);
  const eva = await join("support", rui);
  await withRole(rui, "customer", ana);
  await db.account.delete({ where: { id: idOf(rui) } });
  await db.staffInvitation.deleteMany();
  const { id } = await makeCase();
  expect(await decideNow(eva, id, "approve")).toEqual(agreed);
  await expectNotTaken(ana, id, "invited");
});

test("two whom a third invited are two, and so are two whom the command invited", async () => {
  const ana = await makeStaff("admin");
  const pairs: [StaffMember, StaffMember][] = [
    [await join("support", ana), await join("support", ana)],
    [await join("support", null), await join("admin", null)],
  ];
  for (const [one, other] of pairs) {
    const { id } = await makeCase();
    expect(await decideNow(one, id, "approve")).toEqual(agreed);
    expect(await decideNow(other, id, "approve")).toEqual(approved);
  }
});

test("whoever raised a role is like whoever invites; a role the command gave is nobody's", async () => {
  const ana = await makeStaff("admin");
  const rui = await withRole(await join("marketing", null), "support", ana);
  const eva = await withRole(await join("marketing", null), "support", null);
  const first = await makeCase();
  expect(await decideNow(rui, first.id, "approve")).toEqual(agreed);
  await expectNotTaken(ana, first.id, "invited");
  const second = await makeCase();
  expect(await decideNow(eva, second.id, "approve")).toEqual(agreed);
  expect(await decideNow(ana, second.id, "approve")).toEqual(approved);
});

test("a role that was raised after the case was sent approves no more than a new one", async () => {
  const ana = await makeStaff("admin");
  const [marketing, support] = [await makeStaff("marketing"), await makeStaff("support")];
  const { id } = await makeCase({ accountId: idOf(await makeStaff("marketing")) });
  await expectNotTaken(await withRole(marketing, "admin", ana), id, "joined-after");
  await expectNotTaken(await withRole(support, "admin", null), id, "joined-after");
});

test("a role that was taken away and given back between two approvals does not count", async () => {
  const [ana, other] = [await makeStaff("admin"), await makeStaff("support")];
  const rui = await makeStaff("support");
  const { id } = await makeCase();
  expect(await decideNow(rui, id, "approve")).toEqual(agreed);
  const lower = await withRole(rui, "marketing", ana);
  const again = await withRole(lower, "support", ana);
  const view = await viewCase(ana, id);
  expect(view?.approvals).toEqual({ given: 0, needed: 2 });
  expect(view?.decisions.map(({ counts }) => counts)).toEqual([false]);
  const { cases } = await listCases({ filter: "live", after: null });
  expect(cases.find((one) => one.id === id)?.approvals.given).toBe(0);
  await expectNotTaken(again, id, "joined-after");
  expect(await decideNow(other, id, "approve")).toEqual(agreed);
});

test("a role that was lowered after the case was sent approves what it may", async () => {
  const ana = await makeStaff("admin");
  const rui = await makeStaff("admin");
  const { id } = await makeCase();
  const lower = await withRole(rui, "support", ana);
  expect(await decideNow(lower, id, "approve")).toEqual(agreed);
});

test("whoever joins anew is vouched for by who invited them last", async () => {
  const [ana, eva] = [await makeStaff("admin"), await makeStaff("admin")];
  const rui = await join("support", ana);
  await withRole(rui, "customer", ana);
  const { email } = rui.session.account;
  await acceptInvitation(await invited(email, "support", eva), rui.client);
  const again = await makeStaff("support", { accountId: idOf(rui) });
  const { id } = await makeCase();
  expect(await decideNow(again, id, "approve")).toEqual(agreed);
  expect(await decideNow(ana, id, "approve")).toEqual(approved);
});

test("R16: nobody approves for whom they owe their role to", async () => {
  const ana = await makeStaff("admin");
  const rui = await join("admin", ana);
  const eva = await join("admin", rui);
  const { id } = await makeCase({ accountId: idOf(ana) });
  await expectNotTaken(rui, id, "of-subject");
  await expectNotTaken(eva, id, "of-subject");
  expect(await decideNow(await makeStaff("admin"), id, "approve")).toEqual(agreed);
});

test("one is none where it is not independent, though one is set to be enough", async () => {
  const admin = await makeStaff("admin");
  const { id } = await makeCase();
  await saveApprovalsNeeded(admin, "1");
  await expectNotTaken(await join("admin", admin), id, "joined-after");
});

test("who is not independent can still refuse a case and ask about it", async () => {
  const { id } = await makeCase();
  const late = await join("support", await makeStaff("admin"));
  expect(await decideNow(late, id, "ask")).toEqual({ kind: "asked" });
  expect(await decideNow(late, id, "refuse")).toEqual({ kind: "refused" });
});

const asked = "198.51.100.20";

test.each<[string, (browserId: string) => Promise<StaffMember>]>([
  ["they sit at", (browserId) => makeStaff("support", { browserId })],
  [
    "they were signed in with before",
    async (browserId) => {
      const { session } = await makeStaff("support", { browserId });
      return makeStaff("support", { accountId: session.accountId });
    },
  ],
])("R17: nobody approves what was asked for in a browser %s", async (_, make) => {
  const browserId = newBrowser();
  const { id } = await makeCase({ ip: asked, browserId });
  await expectNotTaken(await make(browserId), id, "own-doing");
});

test.each<[string, () => Promise<StaffMember>]>([
  ["they sit at", () => makeStaff("support", { ip: asked })],
  ["they trust", () => makeStaff("support", { trusted: [asked] })],
])("R17: what was asked for at a network %s is another's word all the same", async (_, make) => {
  const { id } = await makeCase({ ip: asked, browserId: newBrowser() });
  expect(await decideNow(await make(), id, "approve")).toEqual(agreed);
  expect(await decideNow(await make(), id, "approve")).toEqual(approved);
});

test("what was asked for in no browser that is known is nobody's doing", async () => {
  const { id } = await makeCase({ ip: asked, browserId: null });
  expect(await decideNow(await makeStaff("support", { ip: asked }), id, "approve")).toEqual(agreed);
});

test("R15: two accounts in one browser are one, also where they never saw each other", async () => {
  const browserId = newBrowser();
  const [one, other] = [
    await makeStaff("support", { browserId }),
    await makeStaff("admin", { browserId }),
  ];
  const { id } = await makeCase();
  expect(await decideNow(one, id, "approve")).toEqual(agreed);
  await expectNotTaken(other, id, "same-browser");
});

test("at the same moment an admin and who they invited approve once, in either order", async () => {
  for (let round = 0; round < 10; round++) {
    const admin = await makeStaff("admin");
    const own = await join("support", admin);
    const { id } = await makeCase();
    const pair = round % 2 === 0 ? [admin, own] : [own, admin];
    const outcomes = await queueUp(
      caseSubject(id),
      pair.map((staff) => () => decideNow(staff, id, "approve")),
    );
    const kinds = outcomes.map(({ kind }) => kind).sort();
    expect(["agreed,outdated", "agreed,not-independent"]).toContain(kinds.join());
    expect((await caseNow(id)).state).toBe("open");
  }
});
