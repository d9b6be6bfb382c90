import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { passwordOffCauses } from "@/lib/access/rules/password-off";
import { notifyApplicant } from "@/lib/cases/notify-of-case";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { type CustomerPage, readCustomerPage } from "@/lib/support/customer-page";
import { recordView, showAddresses } from "@/lib/support/record-view";
import { switchOff } from "@/lib/support/switch-off";
import { supportPinOf } from "@/lib/support-pin/support-pin";
import { addFurther, makeActor } from "@/lib/testing/actors";
import { blockAt, makeCase, reason, startSignIn } from "@/lib/testing/callers";
import { actionsOn, read } from "@/lib/testing/customer-page";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import { maskEmail } from "@/lib/typed/mask-email";

testDatabase();

const start = new Date();
const afterMinutes = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

/** The mails of a timeline. */
const mailsIn = ({ timeline }: CustomerPage) =>
  timeline.flatMap((entry) => (entry.source === "mail" ? [entry.mail] : []));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(start);
});
afterEach(() => {
  vi.useRealTimers();
});

test("looking at a customer is recorded once in 15 minutes, for each member of staff and customer", async () => {
  const [{ id }, { id: otherId }] = [await makeAccount(), await makeAccount()];
  const [staff, colleague] = [await makeStaff("support"), await makeStaff("admin")];
  for (let time = 0; time < 3; time += 1) await read(staff, id);
  vi.setSystemTime(afterMinutes(14));
  await read(staff, id);
  expect(await actionsOn(id)).toEqual(["customer-viewed"]);
  await read(colleague, id);
  await read(staff, otherId);
  expect(await actionsOn(id)).toHaveLength(2);
  expect(await actionsOn(otherId)).toEqual(["customer-viewed"]);
  vi.setSystemTime(afterMinutes(15));
  await read(staff, id);
  expect(await actionsOn(id)).toHaveLength(3);
});

test("many looks at the same moment are one", async () => {
  const staff = await makeStaff("support");
  // Again and again: the first ones find few connections open, and so come one after the other.
  for (let time = 0; time < 5; time += 1) {
    const { id } = await makeAccount();
    await Promise.all(Array.from({ length: 20 }, () => recordView(staff, id, start)));
    expect(await actionsOn(id)).toEqual(["customer-viewed"]);
  }
});

test.each(["", "x", "1", "%", "\u0000", randomUUID(), "a".repeat(10_000)])(
  "the id %j is nobody's, and no look at anybody",
  async (id) => {
    const before = await db.auditEntry.count();
    const staff = await makeStaff("admin");
    expect(await readCustomerPage(staff, id, null)).toBeNull();
    expect(await showAddresses(staff, id)).toEqual({ kind: "unknown" });
    expect(await db.auditEntry.count()).toBe(before);
  },
);

test("addresses and number are masked until they are asked for, which is recorded, and for two minutes", async () => {
  const { id, email } = await makeAccount({ email: `maria-${randomUUID()}@example.com` });
  const further = `further-${randomUUID()}@example.net`;
  await addFurther(id, further);
  await startSignIn(id);
  await db.account.update({ where: { id }, data: { phone: "+351215550100" } });
  await db.activity.create({
    data: {
      accountId: id,
      kind: "address-added",
      about: { address: further },
      userAgent: "",
      at: start,
    },
  });
  const [staff, colleague] = [await makeStaff("support"), await makeStaff("support")];
  const masked = await read(staff, id);
  expect(masked.addresses).toEqual({
    areShown: false,
    contact: "m•••@e•••.com",
    further: [{ email: "f•••@e•••.net", confirmed: true }],
    phone: "•••• 0100",
  });
  for (const secret of [email, further, "5550100"]) {
    expect(JSON.stringify(masked)).not.toContain(secret);
  }
  expect(await showAddresses(staff, id)).toEqual({ kind: "shown" });
  expect(await actionsOn(id)).toEqual(["customer-viewed", "addresses-shown"]);
  const shown = await read(staff, id);
  expect(shown.addresses).toMatchObject({ areShown: true, contact: email, phone: "+351215550100" });
  expect(
    mailsIn(shown)
      .map(({ recipient }) => recipient)
      .sort(),
  ).toEqual([further, email].sort());
  expect((await read(colleague, id)).addresses.areShown).toBe(false);
  vi.setSystemTime(afterMinutes(2));
  expect((await read(staff, id)).addresses.areShown).toBe(false);
});

test("a provider's words do not show the address, and mails say how far they are", async () => {
  const { id, email } = await makeAccount();
  await startSignIn(id);
  const lastError = `550 <${email}>: mailbox ${email} unavailable`;
  await db.mail.updateMany({ where: { accountId: id }, data: { lastError, attempts: 3 } });
  const [mail] = mailsIn(await read(await makeStaff("support"), id));
  expect(mail).toMatchObject({ kind: "sign-in-code", state: "queued", attempts: 3 });
  expect(mail?.lastError).toMatch(/^550 <.•••@e•••\.com>: mailbox .•••@e•••\.com unavailable$/);
});

test("a pending sign-in shows where it comes from, and not what the caller has to read out", async () => {
  const { id } = await makeAccount();
  const { reference, expiresAt } = await startSignIn(id);
  const page = await read(await makeStaff("support"), id);
  expect(page.pending).toMatchObject([
    { ip: "198.51.100.66", browser: "Firefox 145", until: expiresAt, passUntil: null },
  ]);
  expect(page.pending[0]?.maskedReference).toBe(`${reference.slice(0, 2)}••-••${reference.at(-1)}`);
  expect(JSON.stringify(page)).not.toContain(reference);
});

test("neither PIN nor code nor any secret stands on the page", async () => {
  const { id } = await makeAccount();
  const pending = await startSignIn(id);
  const page = JSON.stringify(await read(await makeStaff("admin"), id));
  const account = await db.account.findUniqueOrThrow({ where: { id } });
  for (const secret of [supportPinOf(account), pending.secret, pending.browserId]) {
    expect(page).not.toContain(secret);
  }
  expect(page).not.toMatch(/passwordHash|secretHash/);
});

test("blocks show what their card needs, those of sign-in and those of confirming alike", async () => {
  const { id } = await makeAccount({ email: `maria-${randomUUID()}@example.com` });
  const signIn = await blockAt(id, "198.51.100.1");
  const widening = await blockAt(`widening:${id}`, "198.51.100.2");
  const over = await blockAt(id, "198.51.100.3");
  const data = { blockedUntil: start };
  await db.codeAttempts.updateMany({ where: { blockReference: over }, data });
  const { blocks } = await read(await makeStaff("support"), id);
  const common = { maskedEmail: "m•••@e•••.com", because: "wrong-codes", since: start };
  expect(blocks).toMatchObject([
    { ...common, of: "sign-in", reference: signIn, ip: "198.51.100.1" },
    { ...common, of: "widening", reference: widening, ip: "198.51.100.2" },
  ]);
});

test("who may act, and why no pass can be granted", async () => {
  const { accountId: id } = (await makeActor()).session;
  const [staff, admin] = [await makeStaff("support"), await makeStaff("admin")];
  expect(await read(staff, id)).toMatchObject({ mayAct: "allowed", pass: { never: null } });
  await switchOff({ staff, customerId: id, reason });
  expect(await read(staff, id)).toMatchObject({
    passwordOff: { since: start, because: "support" },
    pass: { never: "password-off" },
  });
  await makeCase(id);
  expect(await read(staff, id)).toMatchObject({ pass: { never: "case-open" } });
  await db.account.update({ where: { id }, data: { role: "admin" } });
  expect(await read(staff, id)).toMatchObject({
    role: "admin",
    mayAct: "admins-only",
    pass: { never: "staff" },
  });
  expect(await read(admin, id)).toMatchObject({ mayAct: "allowed" });
  expect(await read(admin, admin.session.accountId)).toMatchObject({ mayAct: "oneself" });
});

test.each(passwordOffCauses)("a password that is off says why: %s", async (because) => {
  const { id } = await makeAccount();
  const data = { passwordOffAt: start, passwordOffBecause: because };
  await db.account.update({ where: { id }, data });
  const { passwordOff } = await read(await makeStaff("support"), id);
  expect(passwordOff).toEqual({ since: start, because });
});

test("mails to whoever asks for another mailbox stand in the account's timeline, masked, once", async () => {
  const { id } = await makeAccount();
  const newEmail = "maria.new@example.net";
  const [found, stranger] = [await makeCase(id, { newEmail }), await makeCase(null, { newEmail })];
  await inTransaction(async (tx) => {
    await notifyApplicant(tx, "case-received", found, { now: new Date() });
    await notifyApplicant(tx, "case-received", stranger, { now: new Date() });
  });
  const page = await read(await makeStaff("support"), id);
  const recipient = maskEmail(newEmail);
  expect(mailsIn(page)).toMatchObject([{ kind: "case-received", recipient, state: "queued" }]);
});

test("the number on the record is named once it may be called back", async () => {
  const { id } = await makeAccount();
  const staff = await makeStaff("support");
  const set = (phoneChangedAt: Date) =>
    db.account.update({ where: { id }, data: { phone: "+351215550100", phoneChangedAt } });
  expect((await read(staff, id)).pass.callBack).toBeNull();
  await set(afterMinutes(-60));
  expect((await read(staff, id)).pass.callBack).toBeNull();
  await set(afterMinutes(-8 * 24 * 60));
  expect((await read(staff, id)).pass.callBack).toBe("•••• 0100");
});

test("cases are listed once they are sent", async () => {
  const { id } = await makeAccount();
  const { reference } = await makeCase(id);
  await makeCase(id, { state: "draft", sentAt: null });
  await makeCase(null);
  const { cases } = await read(await makeStaff("support"), id);
  expect(cases).toMatchObject([{ reference, state: "open" }]);
});
