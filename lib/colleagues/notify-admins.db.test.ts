import { afterEach, expect, test } from "vitest";
import { saveApprovalsNeeded } from "@/lib/cases/review/settings";
import { db } from "@/lib/db/client";
import { acceptInvitation } from "@/lib/staff/accept-invitation";
import { changeRole } from "@/lib/staff/change-role";
import { makeActor } from "@/lib/testing/actors";
import { join, mailsTo } from "@/lib/testing/colleagues";
import { testDatabase } from "@/lib/testing/database";
import { invited } from "@/lib/testing/invitations";
import { reader } from "@/lib/testing/joining";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

afterEach(async () => {
  await db.setting.deleteMany();
  await db.account.updateMany({ data: { role: "customer" } });
});

const emailOf = ({ session }: { session: { account: { email: string } } }) => session.account.email;

test("every admin is notified of who joined, by whose invitation; no other staff is", async () => {
  const [ana, rui] = [await makeStaff("admin"), await makeStaff("admin")];
  const support = await makeStaff("support");
  const eva = await join("admin", ana);
  for (const admin of [ana, rui]) {
    const [mail] = await mailsTo(admin, "staff-joined");
    expect(mail).toMatchObject({
      recipient: emailOf(admin),
      notMeId: null,
      facts: { about: { member: emailOf(eva), role: "admin", by: emailOf(ana) }, ip: reader.ip },
    });
  }
  for (const other of [support, eva]) expect(await mailsTo(other, "staff-joined")).toEqual([]);
});

test("also of a customer who accepts, and of whom the command invited", async () => {
  const ana = await makeStaff("admin");
  const customer = await makeActor();
  await acceptInvitation(await invited(emailOf(customer), "support", null), reader);
  const [mail] = await mailsTo(ana, "staff-joined");
  expect(mail?.facts).toMatchObject({ about: { member: emailOf(customer), by: null } });
});

test("every admin but who did it, and whose it is, is notified of a changed role", async () => {
  const [ana, rui, eva] = [
    await makeStaff("admin"),
    await makeStaff("admin"),
    await makeStaff("support"),
  ];
  const request = { accountId: eva.session.accountId, role: "admin", reason: "She leads the team" };
  expect((await changeRole(ana, request)).kind).toBe("changed");
  expect(await mailsTo(ana, "staff-role-changed")).toEqual([]);
  expect(await mailsTo(eva, "staff-role-changed")).toEqual([]);
  const about = { member: emailOf(eva), role: "admin", by: emailOf(ana), reason: request.reason };
  expect((await mailsTo(rui, "staff-role-changed")).map(({ facts }) => facts)).toMatchObject([
    { about },
  ]);
  await changeRole(null, { ...request, role: "support" });
  const [byCommand] = await mailsTo(ana, "staff-role-changed");
  expect(byCommand?.facts).toMatchObject({ about: { by: null }, ip: null, bySupport: true });
});

test("every other admin is notified when one of them changes how many approve a case", async () => {
  const [ana, rui] = [await makeStaff("admin"), await makeStaff("admin")];
  await saveApprovalsNeeded(ana, "1");
  await saveApprovalsNeeded(ana, "1");
  expect(await mailsTo(ana, "approvals-changed")).toEqual([]);
  const sent = await mailsTo(rui, "approvals-changed");
  expect(sent.map(({ facts }) => facts)).toMatchObject([
    { about: { approvals: 1, by: emailOf(ana) } },
  ]);
});

test("nothing is mailed of what was not done", async () => {
  const [ana, rui] = [await makeStaff("admin"), await makeStaff("admin")];
  const own = { accountId: ana.session.accountId, role: "support", reason: "Enough" };
  expect((await changeRole(ana, own)).kind).toBe("oneself");
  expect((await saveApprovalsNeeded(ana, "2")).kind).toBe("unchanged");
  expect(await mailsTo(rui, "staff-role-changed")).toEqual([]);
  expect(await mailsTo(rui, "approvals-changed")).toEqual([]);
});
