import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { readCustomerPage } from "@/lib/support/customer-page";
import { grantHotlinePass } from "@/lib/support/hotline-pass";
import { liftBlock } from "@/lib/support/lift-block";
import { makeActor, signInFrom } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import { hoursAfter, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp, addPasskeyRow, addRecoveryCodes, wrongCodeOf } from "@/lib/testing/factors";
import { clientAt, cookieOf } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();
stoppedClock();

const reason = "The caller says that their phone is lost.";
const home = "203.0.113.7";

async function customer() {
  const { accountId } = (await makeActor({ ip: home })).session;
  const app = await addApp(accountId, "Phone");
  return { accountId, app };
}

async function pageOf(accountId: string) {
  const page = await readCustomerPage(await makeStaff("support"), accountId, null);
  if (page === null) throw new Error("The customer has no page.");
  return page;
}

test("no call and no PIN lets anybody into an account with a second factor; that it was tried is in the audit log", async () => {
  const { accountId } = await customer();
  const asked = await signInFrom(accountId, "198.51.100.30");
  expect(asked.kind).toBe("factor-asked");
  const { reference } = await db.challenge.findFirstOrThrow({ where: { accountId } });
  const phone = { phone: "+351210000000", phoneChangedAt: hoursAfter(-24 * 30) };
  await db.account.update({ where: { id: accountId }, data: phone });
  const request = { staff: await makeStaff("support"), customerId: accountId, reason };
  const called = { ...request, reference: reference ?? "", pin: "", calledBack: true };
  expect(await grantHotlinePass(called)).toEqual({ kind: "has-factor" });
  const typed = { ...called, pin: "ABCD-1234", calledBack: false };
  expect(await grantHotlinePass(typed)).toEqual({ kind: "has-factor" });
  expect(await db.challenge.count({ where: { accountId, passUntil: { not: null } } })).toBe(0);
  expect(await db.callBack.count()).toBe(0);
  const refusals = (await auditOf(accountId)).filter(
    ({ action }) => action === "hotline-pass-refused",
  );
  expect(refusals).toMatchObject([
    { details: { because: "has-factor" } },
    { details: { because: "has-factor" } },
  ]);
  expect((await pageOf(accountId)).pass.never).toBe("has-factor");
});

test("support sees how much there is by the customer's own names, and nothing that opens anything", async () => {
  const { accountId } = await customer();
  await addPasskeyRow(accountId, "Blue key");
  await addRecoveryCodes(accountId);
  await db.account.update({ where: { id: accountId }, data: { factorsEndAt: hoursAfter(24) } });
  const page = await pageOf(accountId);
  expect(page.factors).toEqual({
    apps: ["Phone"],
    passkeys: ["Blue key"],
    recoveryCodesLeft: 10,
    isAskedAlways: false,
    endAt: hoursAfter(24),
  });
  expect(page.troubles).toContainEqual({ kind: "factors-end", at: hoursAfter(24) });
  expect(JSON.stringify(page)).not.toMatch(/sealed|publicKey|credentialId|"hash"/i);
});

test("a sign-in says what it waits for", async () => {
  const { accountId } = await customer();
  await signInFrom(accountId, "198.51.100.31");
  const other = (await makeActor({ ip: home })).session.accountId;
  await signInFrom(other, "198.51.100.31");
  expect((await pageOf(accountId)).pending).toMatchObject([{ asks: "factor" }]);
  expect((await pageOf(other)).pending).toMatchObject([{ asks: "code" }]);
});

test("sign-ins that asked for a factor used up no mailed codes", async () => {
  const { accountId } = await customer();
  for (const last of [41, 42, 43, 44, 45, 46]) await signInFrom(accountId, `198.51.100.${last}`);
  const kinds = (await pageOf(accountId)).troubles.map(({ kind }) => kind);
  expect(kinds).not.toContain("codes-used-up");
});

test("the block of one browser at a known place shows, and can be lifted", async () => {
  const { accountId, app } = await customer();
  await db.account.update({ where: { id: accountId }, data: { factorAlways: true } });
  const asked = await signInFrom(accountId, home);
  if (asked.kind !== "factor-asked") throw new Error(`The sign-in was ${asked.kind}.`);
  const client = clientAt(home);
  const typed = wrongCodeOf(app);
  for (const _ of [1, 2, 3]) {
    await verifyCode({ typed, cookie: cookieOf(asked), shown: null, client });
  }
  const { blocks } = await pageOf(accountId);
  expect(blocks).toMatchObject([{ of: "sign-in", because: "wrong-codes-in-browser", ip: home }]);
  const staff = await makeStaff("support");
  const { reference = "" } = blocks[0] ?? {};
  const lifted = await liftBlock({ staff, customerId: accountId, reason, reference });
  expect(lifted.kind).toBe("lifted");
  expect((await pageOf(accountId)).blocks).toEqual([]);
});
