import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { readInvitationPage } from "@/lib/staff/invitation-page";
import { inviteStaff } from "@/lib/staff/invite-staff";
import { readStaffPage } from "@/lib/staff/list-staff";
import { INVITATIONS_PER_HOUR } from "@/lib/staff/rules/limits";
import { withdrawInvitation } from "@/lib/staff/withdraw-invitation";
import { auditOf } from "@/lib/testing/audit";
import { laterHours, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { invited } from "@/lib/testing/invitations";
import { freshAddress, makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();
stoppedClock();

let hours = 0;

beforeEach(() => {
  // Each test has an hour's invitations of its own.
  hours += 200;
  laterHours(hours);
});

const reason = "New in the team";
const mailsTo = (recipient: string) =>
  db.mail.findMany({ where: { recipient }, orderBy: { createdAt: "asc" } });
const invitationsOf = (email: string) =>
  db.staffInvitation.findMany({ where: { email }, orderBy: { createdAt: "asc" } });

test("an invitation works for 72 hours, is mailed with its end and role, and audited without the address", async () => {
  const admin = await makeStaff("admin");
  const email = freshAddress();
  const until = new Date(Date.now() + 72 * 3_600_000);
  expect(await inviteStaff(admin, { email, role: "support", reason })).toEqual({
    kind: "invited",
    email,
    role: "support",
    until,
  });
  const [invitation, ...more] = await invitationsOf(email);
  expect(more).toEqual([]);
  expect(invitation).toMatchObject({ invitedById: admin.session.accountId, expiresAt: until });
  expect(await mailsTo(email)).toMatchObject([
    {
      kind: "staff-invited",
      accountId: null,
      linkType: "staff-invitation",
      linkRowId: invitation?.id,
      locale: "en",
      usefulUntil: until,
      facts: {
        accountEmail: email,
        ip: null,
        until: until.toISOString(),
        about: { role: "support" },
      },
    },
  ]);
  const [entry] = await auditOf(invitation?.id ?? "");
  expect(entry).toMatchObject({
    action: "staff-invited",
    actorId: admin.session.accountId,
    actor: admin.session.account.email,
    role: "admin",
    subjectKind: "staff",
    reason,
    details: { role: "support" },
  });
  expect(JSON.stringify(entry?.details)).not.toContain(email);
});

test("the mail that goes out holds the link, and no other row does", async () => {
  const email = freshAddress();
  const token = await invited(email, "admin");
  const [mail] = await mailsTo(email);
  const taken: { text: string }[] = [];
  const claims = { claim: async () => true, release: async () => {} };
  const outcome = await deliverMail(mail?.id ?? "", {
    claims: claims as never,
    transport: async (message) => {
      taken.push(message);
      return { channel: "smtp", providerId: null };
    },
  });
  expect(outcome).toBe("sent");
  expect(taken[0]?.text).toContain(`/staff-invitation?token=${token}`);
  const stored = await db.$queryRaw<{ row: string }[]>`
    SELECT to_jsonb(m)::text AS row FROM mail m UNION ALL SELECT to_jsonb(i)::text FROM staff_invitation i
    UNION ALL SELECT to_jsonb(e)::text FROM audit_entry e`;
  expect(stored.map(({ row }) => row).join()).not.toContain(token);
});

test("the command needs no reason, and stands in the audit log as the command", async () => {
  const email = freshAddress();
  expect((await inviteStaff(null, { email, role: "admin", reason: "" })).kind).toBe("invited");
  const [invitation] = await invitationsOf(email);
  expect(invitation?.invitedById).toBeNull();
  expect(await auditOf(invitation?.id ?? "")).toMatchObject([
    { action: "staff-invited", actor: "command", actorId: null, role: "operator", reason: null },
  ]);
});

test("a customer who is invited is written to in their own language", async () => {
  const account = await makeAccount();
  await db.account.update({
    where: { id: account.id },
    data: { locale: "pt", timeZone: "America/Sao_Paulo" },
  });
  await invited(account.email);
  expect(await mailsTo(account.email)).toMatchObject([
    { locale: "pt", timeZone: "America/Sao_Paulo", accountId: account.id },
  ]);
});

test("a newer invitation replaces the earlier ones to that address, and no other", async () => {
  const [email, other] = [freshAddress(), freshAddress()];
  const [first, others] = [await invited(email), await invited(other)];
  laterHours(hours + 1);
  const typed = { email: ` ${email.toUpperCase()} `, role: "admin", reason: "" };
  expect((await inviteStaff(null, typed)).kind).toBe("invited");
  const [older, newer] = await invitationsOf(email);
  expect(older).toMatchObject({ endedBecause: "superseded" });
  expect(newer).toMatchObject({ endedAt: null, role: "admin" });
  expect(await readInvitationPage(first)).toEqual({ kind: "superseded", until: expect.any(Date) });
  expect((await readInvitationPage(others)).kind).toBe("for-newcomer");
});

test("of invitations at the same moment one is open", async () => {
  const email = freshAddress();
  const admins = await Promise.all([1, 2, 3, 4].map(() => makeStaff("admin")));
  const typed = { email, role: "support", reason };
  const outcomes = await Promise.all(admins.map((admin) => inviteStaff(admin, typed)));
  expect(outcomes.map(({ kind }) => kind)).toEqual(admins.map(() => "invited"));
  const open = (await invitationsOf(email)).filter(({ endedAt }) => endedAt === null);
  expect(open).toHaveLength(1);
});

test("who is staff already is not invited, and it is said as what", async () => {
  const [admin, colleague] = [await makeStaff("admin"), await makeStaff("marketing")];
  const { email } = colleague.session.account;
  const typed = { email: email.toUpperCase(), role: "admin", reason };
  for (const by of [admin, null]) {
    expect(await inviteStaff(by, typed)).toEqual({
      kind: "already-staff",
      email,
      role: "marketing",
    });
  }
  const oneself = { email: admin.session.account.email, role: "support", reason };
  expect((await inviteStaff(admin, oneself)).kind).toBe("already-staff");
  expect(await mailsTo(email)).toEqual([]);
});

test.each([
  [
    { email: "", role: "", reason: "" },
    { email: "emailMissing", role: "roleUnknown", reason: "reasonMissing" },
  ],
  [
    { email: "ana", role: "owner", reason: "\u0000" },
    { email: "emailInvalid", role: "roleUnknown", reason: "reasonMissing" },
  ],
  [
    { email: `${"a".repeat(300)}@example.com`, role: "customer", reason: "x".repeat(301) },
    { email: "emailTooLong", role: "roleUnknown", reason: "reasonTooLong" },
  ],
  [
    { email: "ana@example.com\r\nBcc: eva@example.com", role: "support", reason },
    { email: "emailInvalid" },
  ],
  [{ email: "ana@example.com", role: "__proto__", reason }, { role: "roleUnknown" }],
])("what cannot be taken is said by field, and nothing is sent: %j", async (typed, errors) => {
  const admin = await makeStaff("admin");
  const before = await db.staffInvitation.count();
  expect(await inviteStaff(admin, typed)).toEqual({ kind: "invalid", errors });
  expect(await db.staffInvitation.count()).toBe(before);
});

test("admins send a limited number of invitations in an hour; the command is not counted", async () => {
  const admin = await makeStaff("admin");
  const send = (by: typeof admin | null) =>
    inviteStaff(by, { email: freshAddress(), role: "support", reason });
  for (let sent = 0; sent < INVITATIONS_PER_HOUR; sent += 1) {
    expect((await send(admin)).kind).toBe("invited");
  }
  expect((await send(admin)).kind).toBe("too-often");
  expect((await send(await makeStaff("admin"))).kind).toBe("too-often");
  expect((await send(null)).kind).toBe("invited");
  laterHours(hours + 1.01);
  expect((await send(await makeStaff("admin"))).kind).toBe("invited");
});

test("an admin whose session has ended meanwhile invites and withdraws nothing", async () => {
  const admin = await makeStaff("admin");
  const email = freshAddress();
  await invited(email, "support", admin);
  const [invitation] = await invitationsOf(email);
  const { id } = admin.session;
  await db.session.update({ where: { id }, data: { endedAt: new Date() } });
  const outcome = await inviteStaff(admin, { email: freshAddress(), role: "admin", reason });
  expect(outcome).toEqual({ kind: "signed-out" });
  expect(await withdrawInvitation(admin, invitation?.id ?? "")).toEqual({ kind: "signed-out" });
  expect((await invitationsOf(email))[0]?.endedAt).toBeNull();
});

test("an invitation is withdrawn once, which is audited, and its link says so", async () => {
  const [admin, other] = [await makeStaff("admin"), await makeStaff("admin")];
  const email = freshAddress();
  const token = await invited(email, "marketing", admin);
  const id = (await invitationsOf(email))[0]?.id ?? "";
  const outcomes = await Promise.all([
    withdrawInvitation(admin, id),
    withdrawInvitation(other, id),
  ]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["over", "withdrawn"]);
  expect(await readInvitationPage(token)).toEqual({ kind: "withdrawn", until: expect.any(Date) });
  const actions = (await auditOf(id)).map(({ action }) => action);
  expect(actions).toEqual(["staff-invited", "staff-invitation-withdrawn"]);
});

test("what is no invitation cannot be withdrawn", async () => {
  const admin = await makeStaff("admin");
  for (const id of ["", "x", admin.session.accountId, "' OR 1=1", "\u0000", "a".repeat(10_000)]) {
    expect(await withdrawInvitation(admin, id)).toEqual({ kind: "unknown" });
  }
});

test("the page lists the staff with role, since and last sign-in, and what is still open", async () => {
  const [admin, colleague] = [await makeStaff("admin"), await makeStaff("support")];
  const { accountId } = colleague.session;
  const at = new Date(start.getTime() + 3_600_000);
  await db.signInJudgement.create({
    data: { accountId, verdict: "entered", because: "right-code", userAgent: "", at },
  });
  await db.activity.create({
    data: { accountId, kind: "role-changed", about: {}, userAgent: "", at },
  });
  const customer = await makeAccount();
  const [mine, commands, gone] = [freshAddress(), freshAddress(), freshAddress()];
  await invited(mine, "marketing", admin);
  await invited(commands, "admin");
  const formerAdmin = await makeStaff("admin");
  await invited(gone, "admin", formerAdmin);
  await db.account.update({
    where: { id: formerAdmin.session.accountId },
    data: { role: "support" },
  });
  const page = await readStaffPage(admin.session);
  const shown = (id: string) => page.members.find((member) => member.id === id);
  expect(shown(accountId)).toMatchObject({
    role: "support",
    since: at,
    lastSignInAt: at,
    isOneself: false,
  });
  expect(shown(admin.session.accountId)).toMatchObject({ isOneself: true, lastSignInAt: null });
  expect(shown(customer.id)).toBeUndefined();
  expect(page.invitations.find(({ email }) => email === mine)).toMatchObject({
    role: "marketing",
    by: admin.session.account.name,
  });
  expect(page.invitations.find(({ email }) => email === commands)).toMatchObject({ by: null });
  expect(page.invitations.find(({ email }) => email === gone)).toBeUndefined();
  laterHours(hours + 72);
  expect((await readStaffPage(admin.session)).invitations).toEqual([]);
});
