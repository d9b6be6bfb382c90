import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import { usePass } from "@/lib/sign-in/use-pass";
import { confirmCallBack, grantHotlinePass } from "@/lib/support/hotline-pass";
import { mailsOf } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import {
  actionsOf,
  type Call,
  daysAgo,
  elsewhere,
  expectNothingGranted,
  expectRefused,
  makeCall,
  passOf,
  phone,
  pinOf,
} from "@/lib/testing/call";
import { blockAt, makeCase, reason, startSignIn } from "@/lib/testing/callers";
import { join, mailsTo, withRole } from "@/lib/testing/colleagues";
import { read } from "@/lib/testing/customer-page";
import { testDatabase } from "@/lib/testing/database";
import { cookieOf } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

const idOf = ({ session }: StaffMember) => session.accountId;

/** A caller with a number on the record, who was called back by a member of staff. */
async function makeCallBack(by?: StaffMember) {
  const call = await makeCall();
  const { customerId, pending } = call;
  const data = { phone, phoneChangedAt: daysAgo(8) };
  await db.account.update({ where: { id: customerId }, data });
  const staff = by ?? call.staff;
  const request = { ...call.request, staff, pin: "", calledBack: true };
  const noted = await grantHotlinePass(request);
  expect(noted).toEqual({ kind: "call-back-noted", until: pending.expiresAt });
  return { ...call, staff, request };
}

const confirm = ({ customerId, pending }: Call, staff: StaffMember, signIn = pending.id) =>
  confirmCallBack({ staff, customerId, signIn, reason });

/** The call backs that wait on the page of a customer, as a member of staff sees them. */
async function notedOnPage(staff: StaffMember, customerId: string) {
  const { troubles } = await read(staff, customerId);
  return troubles.flatMap((one) => (one.kind === "call-back" ? [one.noted] : []));
}

const notedFor = ({ pending }: Call) => db.callBack.count({ where: { challengeId: pending.id } });

test("a call back alone lets nobody through; the second member of staff who confirms it does", async () => {
  const call = await makeCallBack();
  const { customerId, pending, staff } = call;
  const pin = await pinOf(customerId);
  await expectNothingGranted(call);
  const cookie = cookieOf({ challengeId: pending.id, secret: pending.secret });
  expect((await usePass(cookie, pending.client)).kind).toBe("none");
  expect((await auditOf(customerId)).at(-1)).toMatchObject({
    action: "call-back-noted",
    actorId: idOf(staff),
    reason,
    details: { reference: pending.reference },
  });

  const second = await makeStaff("support");
  expect(await notedOnPage(second, customerId)).toMatchObject([
    { id: pending.id, by: "Ana", isOwn: false, until: pending.expiresAt, ip: elsewhere },
  ]);
  expect((await notedOnPage(staff, customerId))[0]?.isOwn).toBe(true);
  const outcome = await confirm(call, second);
  if (outcome.kind !== "granted") throw new Error(`The pass was ${outcome.kind}.`);
  expect(await passOf(pending)).toEqual(outcome.until);
  expect((await auditOf(customerId)).at(-1)).toMatchObject({
    action: "hotline-pass",
    actorId: idOf(second),
    details: { check: "call-back", calledBackBy: idOf(staff), reference: pending.reference },
  });
  expect(await mailsOf(customerId, "hotline-pass")).toHaveLength(2);
  expect(await pinOf(customerId)).toBe(pin);
  expect(await notedFor(call)).toBe(0);
  expect(await notedOnPage(second, customerId)).toEqual([]);
  expect((await usePass(cookie, pending.client)).kind).toBe("entered");
});

test("a second one who fills in the same form has confirmed it too", async () => {
  const call = await makeCallBack();
  const staff = await makeStaff("admin");
  expect((await grantHotlinePass({ ...call.request, staff })).kind).toBe("granted");
});

test("whoever called confirms it not, neither with the button nor with the form again", async () => {
  const call = await makeCallBack();
  const { staff, request } = call;
  expect(await confirm(call, staff)).toEqual({ kind: "not-independent", tie: "same" });
  const elsewhereSignedIn = await makeStaff("support", { accountId: idOf(staff) });
  expect(await confirm(call, elsewhereSignedIn)).toEqual({ kind: "not-independent", tie: "same" });
  expect((await grantHotlinePass(request)).kind).toBe("call-back-noted");
  await expectNothingGranted(call);
});

/** What ties the second to the first, and how such a pair comes to be. */
const pairs: [string, string, () => Promise<[StaffMember, StaffMember]>][] = [
  [
    "invited",
    "whom the first invited",
    async () => {
      const first = await makeStaff("admin");
      return [first, await join("support", first)];
    },
  ],
  [
    "invited",
    "who invited the first",
    async () => {
      const second = await makeStaff("admin");
      return [await join("support", second), second];
    },
  ],
  [
    "invited",
    "whom the first invited through another",
    async () => {
      const first = await makeStaff("admin");
      return [first, await join("support", await join("admin", first))];
    },
  ],
  [
    "invited",
    "whose role the first raised",
    async () => {
      const first = await makeStaff("admin");
      return [first, await withRole(await join("marketing", null), "support", first)];
    },
  ],
  [
    "same-browser",
    "who sits at the same browser",
    async () => {
      const first = await makeStaff("support");
      return [first, await makeStaff("support", { browserId: first.browserId })];
    },
  ],
];

test.each(pairs)(
  "%s: nobody %s confirms it, and all other admins are notified",
  async (tie, _, make) => {
    const [first, second] = await make();
    const admin = await makeStaff("admin");
    const call = await makeCallBack(first);
    expect(await confirm(call, second)).toEqual({ kind: "not-independent", tie });
    expect((await auditOf(call.customerId)).at(-1)).toMatchObject({
      action: "hotline-pass-refused",
      actorId: idOf(second),
      details: { because: "not-independent", tie },
    });
    await expectNothingGranted(call);
    const sent = await mailsTo(admin, "pass-refused");
    expect(sent.map(({ facts }) => facts)).toMatchObject([
      { about: { member: second.session.account.email, tie } },
    ]);
    expect(await mailsTo(second, "pass-refused")).toEqual([]);
    expect((await confirm(call, admin)).kind).toBe("granted");
  },
);

test("who joined after the sign-in began is no second, and no first either", async () => {
  const call = await makeCallBack();
  const late = await join("support", null);
  expect(await confirm(call, late)).toEqual({ kind: "not-independent", tie: "joined-after" });
  await expectNothingGranted(call);

  const other = await makeCall();
  const data = { phone, phoneChangedAt: daysAgo(8) };
  await db.account.update({ where: { id: other.customerId }, data });
  const first = await join("support", null);
  const noted = { ...other.request, staff: first, pin: "", calledBack: true };
  expect((await grantHotlinePass(noted)).kind).toBe("call-back-noted");
  expect(await confirm(other, await makeStaff("admin"))).toMatchObject({ tie: "joined-after" });
  await expectNothingGranted(other);
});

test.each(["marketing", "customer"])(
  "the call of somebody who became %s is nobody's, and is noted anew",
  async (role) => {
    const call = await makeCallBack();
    await db.account.update({ where: { id: idOf(call.staff) }, data: { role } });
    expect((await confirm(call, await makeStaff("support"))).kind).toBe("call-back-noted");
    await expectNothingGranted(call);
    expect((await confirm(call, await makeStaff("support"))).kind).toBe("granted");
  },
);

test("every row is judged again when it is confirmed", async () => {
  const second = await makeStaff("support");
  const cases: [string, (call: Call) => Promise<unknown>][] = [
    [
      "staff",
      ({ customerId: id }) => db.account.update({ where: { id }, data: { role: "support" } }),
    ],
    ["case-open", ({ customerId }) => makeCase(customerId)],
    ["blocked", ({ customerId }) => blockAt(customerId, elsewhere)],
    [
      "password-off",
      ({ customerId: id }) =>
        db.account.update({ where: { id }, data: { passwordOffAt: new Date() } }),
    ],
    [
      "no-pending",
      ({ pending: { id } }) =>
        db.challenge.update({ where: { id }, data: { expiresAt: new Date() } }),
    ],
    [
      "call-back-impossible",
      ({ customerId: id }) =>
        db.account.update({ where: { id }, data: { phoneChangedAt: new Date() } }),
    ],
  ];
  for (const [kind, change] of cases) {
    const call = await makeCallBack();
    await change(call);
    expect((await confirm(call, second)).kind, kind).toBe(kind);
    await expectNothingGranted(call);
  }
});

test("what was noted for one customer confirms nothing of another, nor does what never was", async () => {
  const [call, other] = [await makeCallBack(), await makeCallBack()];
  const second = await makeStaff("support");
  expect((await confirm(call, second, other.pending.id)).kind).toBe("no-pending");
  for (const signIn of ["", "x", "\u0000", randomUUID()]) {
    expect((await confirm(call, second, signIn)).kind).toBe("no-pending");
  }
  await expectNothingGranted(call);
  await expectNothingGranted(other);
});

test("a reason is asked for, and who may not act confirms nothing", async () => {
  const call = await makeCallBack();
  const { customerId, pending } = call;
  const request = {
    staff: await makeStaff("support"),
    customerId,
    signIn: pending.id,
    reason: " ",
  };
  expect(await confirmCallBack(request)).toEqual({
    kind: "invalid",
    errors: { reason: "reasonMissing" },
  });
  const marketing = { ...(await makeStaff("marketing")), role: "support" as const };
  expect((await confirm(call, marketing)).kind).toBe("unknown");
  await expectNothingGranted(call);
});

test("the PIN needs no second, also where a call back was noted", async () => {
  const call = await makeCallBack();
  const pin = await pinOf(call.customerId);
  const outcome = await grantHotlinePass({ ...call.request, pin, calledBack: false });
  expect(outcome.kind).toBe("granted");
  expect(await notedFor(call)).toBe(0);
  expect((await confirm(call, await makeStaff("support"))).kind).toBe("no-pending");
});

test("two who confirm at the same moment let one sign-in through once", async () => {
  for (let round = 0; round < 10; round++) {
    const call = await makeCallBack();
    const seconds = [await makeStaff("support"), await makeStaff("admin")];
    const outcomes = await Promise.all(seconds.map((staff) => confirm(call, staff)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["granted", "no-pending"]);
    const granted = (await actionsOf(call)).filter((one) => one === "hotline-pass");
    expect(granted).toHaveLength(1);
  }
});

test("at the same moment two who call back are a first and a second", async () => {
  for (let round = 0; round < 10; round++) {
    const call = await makeCall();
    const data = { phone, phoneChangedAt: daysAgo(8) };
    await db.account.update({ where: { id: call.customerId }, data });
    const both = [call.staff, await makeStaff("support")];
    const outcomes = await Promise.all(
      both.map((staff) => grantHotlinePass({ ...call.request, staff, pin: "", calledBack: true })),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["call-back-noted", "granted"]);
  }
});

/** From where a member of staff is or was, so that the sign-in may be their own doing. */
const owns: [string, (browserId: string) => Promise<StaffMember>][] = [
  ["the network they are at", () => makeStaff("support", { ip: elsewhere })],
  ["the browser they use", (browserId) => makeStaff("admin", { browserId })],
  [
    "a network they were signed in from before",
    async () => {
      const accountId = idOf(await makeStaff("support", { ip: elsewhere }));
      return makeStaff("support", { accountId });
    },
  ],
  [
    "a browser they were signed in with before",
    async (browserId) => {
      const accountId = idOf(await makeStaff("support", { browserId }));
      return makeStaff("support", { accountId });
    },
  ],
  [
    "a range they trust",
    async () => {
      const staff = await makeStaff("support");
      const at = new Date();
      const range = { network: "198.51.100.0/24", because: "by-hand" };
      await db.trustedPlace.create({
        data: { accountId: idOf(staff), ...range, createdAt: at, lastUsedAt: at },
      });
      return staff;
    },
  ],
];

test.each(owns)("no pass for a sign-in from %s, with the right PIN too", async (_, make) => {
  const call = await makeCall();
  const staff = await make(call.pending.browserId);
  const admin = await makeStaff("admin");
  await expectRefused(call, { staff }, "own-doing");
  expect((await mailsTo(admin, "pass-refused")).map(({ facts }) => facts)).toMatchObject([
    { about: { member: staff.session.account.email, tie: "own-doing" } },
  ]);
  // The PIN was not looked at: a wrong one is not distinguished, and costs nothing.
  await expectRefused(call, { staff, pin: "WRXNGP" }, "own-doing");
  expect(
    (await db.rateWindow.findMany({ where: { key: `pin/${call.customerId}` } })).flatMap(
      ({ hits }) => hits,
    ),
  ).toEqual([]);
  const data = { phone, phoneChangedAt: daysAgo(8) };
  await db.account.update({ where: { id: call.customerId }, data });
  await expectRefused(call, { staff, pin: "", calledBack: true }, "own-doing");
  expect((await grantHotlinePass(call.request)).kind).toBe("granted");
});

test("nor is a call back confirmed by whose network or browser the sign-in came from", async () => {
  for (const [, make] of owns) {
    const call = await makeCallBack();
    const staff = await make(call.pending.browserId);
    expect((await confirm(call, staff)).kind).toBe("own-doing");
    await expectNothingGranted(call);
  }
});

test("a sign-in from a network that nobody knows is nobody's own", async () => {
  const call = await makeCall();
  const { id } = call.pending;
  await db.challenge.update({ where: { id }, data: { place: "unknown", ip: null } });
  expect((await grantHotlinePass(call.request)).kind).toBe("granted");
  const next = await startSignIn(call.customerId, "198.51.100.99");
  expect(next.reference).not.toBe(call.request.reference);
});
