import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { newReference } from "@/lib/secrets/reference";
import { grantHotlinePass } from "@/lib/support/hotline-pass";
import { daysAgo, expectRefused, makeCall, phone, pinOf, wrongPin } from "@/lib/testing/call";
import { startSignIn } from "@/lib/testing/callers";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

test("H9 a wrong PIN grants nothing, is recorded, and the customer is not notified", async () => {
  const call = await makeCall();
  const before = await db.mail.count({ where: { accountId: call.customerId } });
  for (const pin of [wrongPin, "x", "x".repeat(10_000), "\u0000", "é"]) {
    await expectRefused(call, { pin }, "wrong-pin");
  }
  expect(await db.mail.count({ where: { accountId: call.customerId } })).toBe(before);
});

test("H8 after 5 wrong PINs in an hour no PIN is looked at, not even the right one", async () => {
  const call = await makeCall();
  const { customerId, request } = call;
  for (let time = 0; time < 5; time += 1) {
    await expectRefused(call, { pin: wrongPin }, "wrong-pin");
  }
  await expectRefused(call, {}, "too-many-pins");
  await expectRefused(call, { staff: await makeStaff("admin") }, "too-many-pins");
  expect(await grantHotlinePass(request)).toMatchObject({ until: expect.any(Date) });
  const data = { phone, phoneChangedAt: daysAgo(8) };
  await db.account.update({ where: { id: customerId }, data });
  const calledBack = { ...request, pin: "", calledBack: true };
  expect((await grantHotlinePass(calledBack)).kind).toBe("call-back-noted");
});

test("the limit is the account's own, and right PINs and other refusals do not count", async () => {
  const [call, other] = [await makeCall(), await makeCall()];
  for (let time = 0; time < 8; time += 1) {
    await grantHotlinePass({ ...call.request, reference: newReference() });
    await grantHotlinePass({ ...call.request, reason: "" });
    await grantHotlinePass({ ...other.request, pin: wrongPin });
  }
  for (let time = 0; time < 6; time += 1) {
    const { reference } = await startSignIn(call.customerId, `192.0.2.${time + 1}`);
    const pin = await pinOf(call.customerId);
    expect((await grantHotlinePass({ ...call.request, reference, pin })).kind).toBe("granted");
    const data = { createdAt: daysAgo(1), endedAt: new Date(), endedBecause: "used" };
    await db.challenge.updateMany({ where: { accountId: call.customerId, reference }, data });
  }
});

test("20 guesses at the same moment are 5 at most", async () => {
  const call = await makeCall();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => grantHotlinePass({ ...call.request, pin: wrongPin })),
  );
  expect(outcomes.filter(({ kind }) => kind === "wrong-pin")).toHaveLength(5);
  expect(outcomes.filter(({ kind }) => kind === "too-many-pins")).toHaveLength(15);
});
