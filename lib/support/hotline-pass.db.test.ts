import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { triesPart } from "@/lib/challenge/attempts-store";
import { db } from "@/lib/db/client";
import { ownerPart, writeTogether } from "@/lib/db/together";
import { newReference } from "@/lib/secrets/reference";
import { usePass } from "@/lib/sign-in/use-pass";
import { grantHotlinePass } from "@/lib/support/hotline-pass";
import { switchOff } from "@/lib/support/switch-off";
import { activitiesOf, mailsOf, makeActor } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import {
  actionsOf,
  daysAgo,
  elsewhere,
  expectNothingGranted,
  expectRefused,
  makeCall,
  passOf,
  phone,
  pinOf,
  rowOf,
  wrongPin,
} from "@/lib/testing/call";
import { blockAt, makeCase, reason, startSignIn } from "@/lib/testing/callers";
import { testDatabase } from "@/lib/testing/database";
import { cookieOf } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

test("H10 the PIN lets the sign-in through for 15 minutes, after every address was mailed", async () => {
  const call = await makeCall();
  const { customerId, further, pending, request } = call;
  const outcome = await grantHotlinePass(request);
  if (outcome.kind !== "granted") throw new Error(`The pass was ${outcome.kind}.`);
  expect(await passOf(pending)).toEqual(outcome.until);
  expect(Math.abs(outcome.until.getTime() - Date.now() - 15 * 60_000)).toBeLessThan(60_000);
  const mails = await mailsOf(customerId, "hotline-pass");
  const { email } = await rowOf(customerId);
  expect(mails.map(({ recipient }) => recipient).sort()).toEqual([email, further].sort());
  for (const { facts } of mails) {
    expect(facts).toMatchObject({
      ip: elsewhere,
      browser: "Firefox 145",
      until: outcome.until.toISOString(),
      about: { reason, place: elsewhere },
    });
  }
  expect((await activitiesOf(customerId)).at(-1)).toMatchObject({ kind: "hotline-pass" });
  const [entry] = await auditOf(customerId);
  expect(entry).toMatchObject({
    action: "hotline-pass",
    reason,
    details: { reference: pending.reference, check: "pin" },
  });
  const cookie = cookieOf({ challengeId: pending.id, secret: pending.secret });
  expect((await usePass(cookie, pending.client)).kind).toBe("entered");
  expect((await usePass(cookie, pending.client)).kind).toBe("none");
  expect(await db.trustedPlace.count({ where: { accountId: customerId } })).toBe(1);
});

test("a PIN that was used is another one afterwards", async () => {
  const { customerId, request } = await makeCall();
  await grantHotlinePass(request);
  expect(await pinOf(customerId)).not.toBe(request.pin);
  const { reference } = await startSignIn(customerId, "198.51.100.67");
  expect((await grantHotlinePass({ ...request, reference })).kind).toBe("wrong-pin");
  const pin = await pinOf(customerId);
  expect((await grantHotlinePass({ ...request, reference, pin })).kind).toBe("granted");
});

test("reference and PIN are read however they are said", async () => {
  const { request } = await makeCall();
  const reference = ` ${request.reference.toLowerCase().replace("-", " ")} `;
  const pin = `${request.pin.slice(0, 3).toLowerCase()} ${request.pin.slice(3)}`;
  expect((await grantHotlinePass({ ...request, reference, pin })).kind).toBe("granted");
});

test("H7 nobody is called back on a number that is missing, or stands there since a week", async () => {
  const call = await makeCall();
  const calledBack = { pin: "", calledBack: true };
  await expectRefused(call, calledBack, "call-back-impossible");
  const data = { phone, phoneChangedAt: daysAgo(6) };
  await db.account.update({ where: { id: call.customerId }, data });
  await expectRefused(call, calledBack, "call-back-impossible");
});

test("a typed PIN is what counts, also where the box of the call back is ticked", async () => {
  const call = await makeCall();
  const data = { phone, phoneChangedAt: daysAgo(8) };
  await db.account.update({ where: { id: call.customerId }, data });
  await expectRefused(call, { pin: wrongPin, calledBack: true }, "wrong-pin");
});

test("H1 nobody lets themselves through", async () => {
  const call = await makeCall();
  const { customerId } = call;
  const own = await makeStaff("admin", { accountId: customerId });
  expect((await grantHotlinePass({ ...call.request, staff: own })).kind).toBe("oneself");
  await expectNothingGranted(call);
});

test.each(["marketing", "support"])("H2 never for an account with the role %s", async (role) => {
  const call = await makeCall();
  await db.account.update({ where: { id: call.customerId }, data: { role } });
  await expectRefused(call, {}, "staff");
  await expectRefused(call, { staff: await makeStaff("admin") }, "staff");
});

test.each(["open", "needs-more", "approved"])("H3 never while a case is %s", async (state) => {
  const call = await makeCall();
  await makeCase(call.customerId, { state });
  await expectRefused(call, {}, "case-open");
});

test("a case that is over, or somebody else's, is no hindrance", async () => {
  const call = await makeCall();
  for (const state of ["done", "refused", "withdrawn"]) await makeCase(call.customerId, { state });
  await makeCase((await makeActor()).session.accountId);
  expect((await grantHotlinePass(call.request)).kind).toBe("granted");
});

test("H4 not with a password that is switched off", async () => {
  const call = await makeCall();
  const { customerId, staff } = call;
  await switchOff({ staff, customerId, reason });
  // Switching off has made a new PIN once; the refusal makes no other.
  await expectRefused(call, { pin: await pinOf(customerId) }, "password-off", 1);
});

test("H6 not for a reference of nobody, of another customer, or of what is no sign-in", async () => {
  const [call, other] = [await makeCall(), await makeCall()];
  await expectRefused(call, { reference: newReference() }, "no-pending");
  await expectRefused(call, { reference: other.pending.reference }, "no-pending");
  await expectNothingGranted(other);
  const { id } = call.pending;
  await db.challenge.update({ where: { id }, data: { purpose: "widening" } });
  await expectRefused(call, {}, "no-pending");
});

test("H6 not for a sign-in that has ended or is over", async () => {
  const call = await makeCall();
  const { id } = call.pending;
  await db.challenge.update({ where: { id }, data: { expiresAt: new Date() } });
  await expectRefused(call, {}, "no-pending");
  const data = { expiresAt: daysAgo(-1), endedAt: new Date(), endedBecause: "superseded" };
  await db.challenge.update({ where: { id }, data });
  await expectRefused(call, {}, "no-pending");
});

test("H5 not at a blocked network: it is said which block to lift", async () => {
  const call = await makeCall();
  const { customerId, pending, request } = call;
  const reference = await blockAt(customerId, elsewhere);
  const [since, until] = [new Date(), new Date(Date.now() + 3_600_000)];
  const blocked = {
    purpose: "sign-in",
    accountId: customerId,
    network: pending.place,
    browserId: pending.browserId,
    knownBy: null,
  } as const;
  const block = { since, until, reference, because: "wrong-codes" } as const;
  await writeTogether(db, [ownerPart(customerId), triesPart(blocked, 3, block, since)]);
  expect(await grantHotlinePass(request)).toEqual({ kind: "blocked", reference });
  await expectNothingGranted(call);
});

test("two members of staff at the same moment grant one pass", async () => {
  const call = await makeCall();
  const { customerId, pending, request } = call;
  const other = await makeStaff("support");
  const outcomes = await Promise.all(
    [request.staff, other].map((staff) => grantHotlinePass({ ...request, staff })),
  );
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["granted", "no-pending"]);
  expect(await mailsOf(customerId, "hotline-pass")).toHaveLength(2);
  expect((await rowOf(customerId)).supportPinUses).toBe(1);
  expect((await actionsOf(call)).sort()).toEqual(["hotline-pass", "hotline-pass-refused"]);
  expect(await passOf(pending)).not.toBeNull();
});

test("a sign-in that was let through is not let through a second time", async () => {
  const call = await makeCall();
  await grantHotlinePass(call.request);
  await db.challenge.update({ where: { id: call.pending.id }, data: { passUntil: daysAgo(1) } });
  const pin = await pinOf(call.customerId);
  expect((await grantHotlinePass({ ...call.request, pin })).kind).toBe("no-pending");
});

test("what is missing in the form is said together, costs nothing and is not recorded", async () => {
  const call = await makeCall();
  const empty = { reference: " ", pin: " ", calledBack: false, reason: " " };
  expect(await grantHotlinePass({ ...call.request, ...empty })).toEqual({
    kind: "invalid",
    errors: { reference: "referenceMissing", pin: "checkMissing", reason: "reasonMissing" },
  });
  for (const reference of ["K7", "x".repeat(100_000), "\u0000", call.request.pin]) {
    expect(await grantHotlinePass({ ...call.request, reference })).toMatchObject({
      errors: { reference: "referenceMalformed" },
    });
  }
  expect(await actionsOf(call)).toEqual([]);
  expect(await db.rateWindow.count({ where: { key: `pin/${call.customerId}` } })).toBe(0);
  await expectNothingGranted(call);
});

test("nothing that was typed stands in the audit log of a refusal", async () => {
  const call = await makeCall();
  const reference = newReference();
  await grantHotlinePass({ ...call.request, reference });
  await grantHotlinePass({ ...call.request, pin: "WRXNGP" });
  const kept = (await auditOf(call.customerId)).map(({ details, reason: why }) => [details, why]);
  expect(JSON.stringify(kept)).not.toContain(reference);
  expect(JSON.stringify(kept)).not.toContain("WRXNGP");
});

test("a wrong role, a signed-out session and unknown accounts get nothing", async () => {
  const call = await makeCall();
  const { request, staff } = call;
  const marketing = { ...(await makeStaff("marketing")), role: "support" as const };
  expect((await grantHotlinePass({ ...request, staff: marketing })).kind).toBe("unknown");
  for (const customerId of ["", "x", "\u0000", randomUUID()]) {
    expect((await grantHotlinePass({ ...request, customerId })).kind).toBe("unknown");
  }
  await db.session.update({ where: { id: staff.session.id }, data: { endedAt: new Date() } });
  expect((await grantHotlinePass(request)).kind).toBe("signed-out");
  await expectNothingGranted(call);
});
