import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import { signIn } from "@/lib/sign-in/sign-in";
import { changeRole, changeRoleOfAddress } from "@/lib/staff/change-role";
import { activitiesOf, actorsPassword, addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import { testDatabase } from "@/lib/testing/database";
import { whileLocked } from "@/lib/testing/locks";
import { clientAt, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();

// How many admins there are decides: each test has the staff to itself.
beforeEach(async () => {
  await db.account.updateMany({ data: { role: "customer" } });
});

const reason = "Changes to another team";
const change = (by: StaffMember, accountId: string, role: string) =>
  changeRole(by, { accountId, role, reason });
const idOf = ({ session }: Pick<StaffMember, "session">) => session.accountId;
const roleOf = async (id: string) => (await db.account.findUniqueOrThrow({ where: { id } })).role;

test("another role ends every session at once, and is recorded, mailed to all addresses and audited", async () => {
  const [admin, colleague] = [await makeStaff("admin"), await makeStaff("support")];
  const id = idOf(colleague);
  const { email } = colleague.session.account;
  const second = `${randomUUID()}@example.com`;
  await addFurther(id, second);
  const elsewhere = await makeActor({ accountId: id });
  await askToWiden(colleague, actorsPassword, { kind: "trust-browser" });
  expect(await change(admin, id, "marketing")).toEqual({
    kind: "changed",
    email,
    before: "support",
    after: "marketing",
  });
  expect(await roleOf(id)).toBe("marketing");
  expect(await findLiveSession(colleague.session.id)).toBeNull();
  expect(await findLiveSession(elsewhere.session.id)).toBeNull();
  expect(await findLiveSession(admin.session.id)).not.toBeNull();
  expect(await db.trustedBrowser.count({ where: { accountId: id, endedAt: null } })).toBe(0);
  const sent = await mailsOf(id, "role-changed");
  expect(sent.map(({ recipient }) => recipient).sort()).toEqual([email, second].sort());
  const about = { role: "marketing", reason };
  expect(sent[0]?.facts).toMatchObject({ about, bySupport: true, ip: null });
  expect((await activitiesOf(id)).at(-1)).toMatchObject({ kind: "role-changed", about, ip: null });
  expect(await auditOf(id)).toMatchObject([
    {
      action: "staff-role-changed",
      actorId: idOf(admin),
      subjectKind: "staff",
      reason,
      details: { before: "support", after: "marketing" },
    },
  ]);
});

test("a change waits for a sign-in under way, and ends its session too", async () => {
  const [admin, colleague] = [await makeStaff("admin"), await makeStaff("support")];
  const accountId = idOf(colleague);
  let session = { id: "" };
  const at = new Date();
  const outcome = await whileLocked(
    accountId,
    () => change(admin, accountId, "customer"),
    async (tx) => {
      const times = { createdAt: at, lastSeenAt: at };
      session = await tx.session.create({
        data: { accountId, because: "code", userAgent: "", browserId: newBrowser(), ...times },
      });
    },
  );
  expect(outcome.kind).toBe("changed");
  expect(await findLiveSession(session.id)).toBeNull();
});

test("who is no longer staff is a customer again: let in at a trusted place by the password alone", async () => {
  const [admin, colleague] = [await makeStaff("admin"), await makeStaff("support")];
  const accountId = idOf(colleague);
  const request = async () => ({
    accountId,
    proof: await passwordProof(accountId),
    client: clientAt("203.0.113.7"),
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
  });
  expect((await signIn(await request())).kind).toBe("factor-asked");
  expect((await change(admin, accountId, "customer")).kind).toBe("changed");
  expect((await signIn(await request())).kind).toBe("entered");
});

test("nobody changes their own role, with other admins there too", async () => {
  const [admin] = [await makeStaff("admin"), await makeStaff("admin")];
  for (const role of ["customer", "support", "admin"]) {
    expect(await change(admin, idOf(admin), role)).toEqual({ kind: "oneself" });
  }
  expect(await findLiveSession(admin.session.id)).not.toBeNull();
});

test("the command leaves the last admin, whatever other staff there is", async () => {
  const [admin] = [await makeStaff("admin"), await makeStaff("support")];
  const { email } = admin.session.account;
  expect(await changeRoleOfAddress(email, "customer")).toEqual({ kind: "last-admin", email });
  expect(await changeRoleOfAddress(email, "support")).toEqual({ kind: "last-admin", email });
  expect(await roleOf(idOf(admin))).toBe("admin");
  await makeStaff("admin");
  expect((await changeRoleOfAddress(email, "support")).kind).toBe("changed");
  expect(await auditOf(idOf(admin))).toMatchObject([
    { actor: "command", actorId: null, role: "operator", reason: null },
  ]);
});

test("an admin whose account is about to be erased does not count", async () => {
  const [admin, leaving] = [await makeStaff("admin"), await makeStaff("admin")];
  const closesAt = new Date(Date.now() + 86_400_000);
  await db.account.update({ where: { id: idOf(leaving) }, data: { closesAt } });
  expect((await changeRoleOfAddress(admin.session.account.email, "customer")).kind).toBe(
    "last-admin",
  );
  expect((await change(leaving, idOf(admin), "support")).kind).toBe("last-admin");
});

test("two admins who demote each other at once: one stays", async () => {
  for (let times = 0; times < 5; times += 1) {
    await db.account.updateMany({ data: { role: "customer" } });
    const [one, other] = [await makeStaff("admin"), await makeStaff("admin")];
    const outcomes = await Promise.all([
      change(one, idOf(other), "customer"),
      change(other, idOf(one), "support"),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["changed", "signed-out"]);
    expect(await db.account.count({ where: { role: "admin" } })).toBe(1);
  }
});

test("the command, asked twice at once for two admins, leaves one", async () => {
  const admins = [await makeStaff("admin"), await makeStaff("admin")];
  const emails = admins.map(({ session }) => session.account.email);
  const outcomes = await Promise.all(emails.map((one) => changeRoleOfAddress(one, "customer")));
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["changed", "last-admin"]);
});

test("an admin who was made something else meanwhile changes nothing any more", async () => {
  const [admin, other, colleague] = [
    await makeStaff("admin"),
    await makeStaff("admin"),
    await makeStaff("support"),
  ];
  await change(other, idOf(admin), "support");
  expect(await change(admin, idOf(colleague), "admin")).toEqual({ kind: "signed-out" });
  expect(await roleOf(idOf(colleague))).toBe("support");
});

test("the same change twice at once is one change", async () => {
  const [admin, other, colleague] = [
    await makeStaff("admin"),
    await makeStaff("admin"),
    await makeStaff("support"),
  ];
  const id = idOf(colleague);
  const outcomes = await Promise.all([
    change(admin, id, "marketing"),
    change(other, id, "marketing"),
  ]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["changed", "unchanged"]);
  expect(await mailsOf(id, "role-changed")).toHaveLength(1);
  expect(await auditOf(id)).toHaveLength(1);
});

test("the same role ends no session", async () => {
  const [admin, colleague] = [await makeStaff("admin"), await makeStaff("support")];
  const { email } = colleague.session.account;
  const outcome = await change(admin, idOf(colleague), "support");
  expect(outcome).toEqual({ kind: "unchanged", email });
  expect(await findLiveSession(colleague.session.id)).not.toBeNull();
});

test("a customer is made staff by no change", async () => {
  const admin = await makeStaff("admin");
  const { id, email } = await makeAccount();
  expect(await change(admin, id, "admin")).toEqual({ kind: "not-staff", email });
  expect(await changeRoleOfAddress(email, "admin")).toEqual({ kind: "not-staff", email });
  expect(await roleOf(id)).toBe("customer");
});

test.each([
  [{ role: "owner", reason }, { role: "roleUnknown" }],
  [
    { role: "", reason: "" },
    { role: "roleUnknown", reason: "reasonMissing" },
  ],
  [{ role: "support", reason: "\u0000 \n" }, { reason: "reasonMissing" }],
  [{ role: "support", reason: "x".repeat(100_000) }, { reason: "reasonTooLong" }],
])("what cannot be taken is said by field: %#", async (typed, errors) => {
  const [admin, colleague] = [await makeStaff("admin"), await makeStaff("marketing")];
  const outcome = await changeRole(admin, { accountId: idOf(colleague), ...typed });
  expect(outcome).toEqual({ kind: "invalid", errors });
  expect(await roleOf(idOf(colleague))).toBe("marketing");
});

test("ids of nobody are unknown", async () => {
  const admin = await makeStaff("admin");
  for (const id of ["", "x", randomUUID(), "' OR true --", "\u0000", "a".repeat(10_000)]) {
    expect(await change(admin, id, "support")).toEqual({ kind: "unknown" });
  }
  expect(await changeRoleOfAddress("nobody@example.com", "support")).toEqual({ kind: "unknown" });
});
