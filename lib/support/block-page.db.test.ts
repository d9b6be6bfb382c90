import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { newReference } from "@/lib/secrets/reference";
import { readBlockPage } from "@/lib/support/block-page";
import { auditOf } from "@/lib/testing/audit";
import { blockAt } from "@/lib/testing/callers";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

test("the page of a block shows it with a masked address, and notes that its customer was looked at", async () => {
  const { id, email } = await makeAccount();
  const [reference, elsewhere] = [await blockAt(id, "198.51.100.8"), await blockAt(id)];
  const page = await readBlockPage(await makeStaff("support"), reference.toLowerCase());
  expect(page).toMatchObject({
    customerId: id,
    block: { of: "sign-in", reference, ip: "198.51.100.8" },
    mayAct: "allowed",
  });
  expect(JSON.stringify(page)).not.toContain(email);
  expect(JSON.stringify(page)).not.toContain(elsewhere);
  expect((await auditOf(id)).map(({ action }) => action)).toEqual(["customer-viewed"]);
});

test("a block that is over leads to its customer all the same", async () => {
  const { id } = await makeAccount();
  const reference = await blockAt(id);
  await db.codeAttempts.updateMany({ where: { subject: id }, data: { blockedUntil: new Date(0) } });
  const page = await readBlockPage(await makeStaff("support"), reference);
  expect(page).toMatchObject({ customerId: id, block: null });
});

test("a block of what a signed-in customer confirms is shown as such", async () => {
  const { id } = await makeAccount();
  const reference = await blockAt(id);
  const subject = `widening:${id}`;
  await db.codeAttempts.updateMany({ where: { subject: id }, data: { subject } });
  const page = await readBlockPage(await makeStaff("support"), reference);
  expect(page).toMatchObject({ customerId: id, block: { of: "widening" } });
});

test("who may not lift a block is shown it, and no form", async () => {
  const support = await makeStaff("support");
  const { accountId: admin } = (await makeStaff("admin")).session;
  const mayAct = async (id: string) =>
    (await readBlockPage(support, await blockAt(id, "198.51.100.9")))?.mayAct;
  expect(await mayAct(support.session.accountId)).toBe("oneself");
  expect(await mayAct(admin)).toBe("admins-only");
});

test("a block of nobody, an unknown reference and whatever else stands in an address have no page", async () => {
  const staff = await makeStaff("admin");
  const ofNobody = await blockAt("sign-up:somebody@example.com");
  for (const typed of [ofNobody, newReference(), "", "%", "x".repeat(5_000), "\0", "Ana"]) {
    expect(await readBlockPage(staff, typed), typed.slice(0, 9)).toBeNull();
  }
});
