import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/auth/session-store";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { db } from "@/lib/db";
import { requestReset } from "@/lib/recovery/request-reset";
import { signIn } from "@/lib/sign-in/sign-in";
import type { StaffRole } from "@/lib/staff/roles";
import type { StaffMember } from "@/lib/staff/staff-member";
import type { ActRequest } from "@/lib/support/act-on-customer";
import { auditsOf, blockAt, reason, startSignIn } from "@/lib/support/callers-for-tests";
import { endCustomerSessions } from "@/lib/support/end-customer-sessions";
import { forgetPlace } from "@/lib/support/forget-place";
import { liftBlock } from "@/lib/support/lift-block";
import { startReset } from "@/lib/support/start-reset";
import { switchOff } from "@/lib/support/switch-off";
import { activitiesOf, actorsPassword, addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, newBrowser, passwordProof } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();

const home = "203.0.113.7";
const elsewhere = "198.51.100.66";

/** A customer with a further address, on whom each act has something to do, and who acts. */
async function makeScene(role: StaffRole = "support") {
  const customer = await makeActor();
  const { accountId: customerId, account } = customer.session;
  const further = `further-${randomUUID()}@example.com`;
  await addFurther(customerId, further);
  const staff = await makeStaff(role);
  return { customer, customerId, account, further, staff };
}

type Scene = Awaited<ReturnType<typeof makeScene>>;
type Act = (request: ActRequest) => Promise<{ kind: string }>;

const placeIdOf = async (accountId: string) =>
  (await db.trustedPlace.findFirst({ where: { accountId } }))?.id ?? "";

/** Every act with what it records, and what it is done to. */
const acts: Record<string, { mail: string; done: string; prepare(scene: Scene): Promise<Act> }> = {
  "block-lifted": {
    mail: "block-lifted",
    done: "lifted",
    prepare: async ({ customerId }) => {
      const reference = await blockAt(customerId);
      return (request) => liftBlock({ ...request, reference });
    },
  },
  "sessions-ended": {
    mail: "sessions-ended-by-support",
    done: "ended",
    prepare: async () => endCustomerSessions,
  },
  "place-forgotten": {
    mail: "place-forgotten-by-support",
    done: "forgotten",
    prepare: async ({ customerId }) => {
      const placeId = await placeIdOf(customerId);
      return (request) => forgetPlace({ ...request, placeId });
    },
  },
  "password-switched-off": {
    mail: "password-switched-off",
    done: "switched-off",
    prepare: async () => switchOff,
  },
  "reset-started": {
    mail: "reset-by-support",
    done: "reset-sent",
    prepare: async () => startReset,
  },
};

const requestOf = ({ staff, customerId }: Scene): ActRequest => ({ staff, customerId, reason });

/** Everything that an act could have changed or written. */
async function traces(scene: Scene) {
  const { customerId: accountId } = scene;
  return {
    account: await db.account.findUnique({ where: { id: accountId } }),
    sessions: await db.session.count({ where: { accountId, endedAt: null } }),
    places: await db.trustedPlace.count({ where: { accountId } }),
    blocks: await db.codeAttempts.count({ where: { subject: accountId } }),
    resets: await db.passwordReset.count({ where: { accountId } }),
    mails: await db.mail.count({ where: { accountId } }),
    activities: await db.activity.count({ where: { accountId } }),
    audits: (await auditsOf(accountId)).length,
  };
}

for (const [action, { mail, done, prepare }] of Object.entries(acts)) {
  test(`${action}: done, mailed to every address with its reason, among the activities and in the audit log`, async () => {
    const scene = await makeScene();
    const { customerId, account, further, staff } = scene;
    const act = await prepare(scene);
    expect((await act(requestOf(scene))).kind).toBe(done);
    const mails = await mailsOf(customerId, mail);
    expect(mails.map(({ recipient }) => recipient).sort()).toEqual([account.email, further].sort());
    for (const one of mails) {
      expect(one.facts).toMatchObject({ bySupport: true, ip: null, about: { reason } });
      expect(one.notMeId).not.toBeNull();
    }
    const activity = (await activitiesOf(customerId)).at(-1);
    expect(activity).toMatchObject({ kind: mail, about: { reason }, ip: null });
    const [entry, ...rest] = await auditsOf(customerId);
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({
      action,
      reason,
      subjectKind: "account",
      actorId: staff.session.accountId,
      role: "support",
    });
    expect(JSON.stringify(entry?.details)).not.toContain("@");
  });

  test.each(["", "   ", "abcd", "x".repeat(501)])(
    `${action}: not for the reason %j`,
    async (given) => {
      const scene = await makeScene();
      const act = await prepare(scene);
      const before = await traces(scene);
      const outcome = await act({ ...requestOf(scene), reason: given });
      expect(outcome).toMatchObject({ kind: "invalid", errors: { reason: expect.any(String) } });
      expect(await traces(scene)).toEqual(before);
    },
  );

  test(`${action}: not by oneself, not by a role that does not act, nor by support on an admin`, async () => {
    const scene = await makeScene();
    const act = await prepare(scene);
    const { customer, customerId, staff } = scene;
    const setRole = (id: string, role: string) =>
      db.account.update({ where: { id }, data: { role } });
    const refused = async (by: StaffMember) => (await act({ ...requestOf(scene), staff: by })).kind;
    await setRole(customerId, "admin");
    const before = await traces(scene);
    expect(await refused({ ...customer, role: "admin" })).toBe("oneself");
    expect(await refused(staff)).toBe("admins-only");
    await setRole(staff.session.accountId, "marketing");
    // The session still says support: what counts is the role at this moment.
    expect(await refused(staff)).toBe("unknown");
    const customerActs = await makeActor();
    expect(await refused({ ...customerActs, role: "support" })).toBe("unknown");
    expect(await traces(scene)).toEqual(before);
    expect(await refused(await makeStaff("admin"))).toBe(done);
  });

  test(`${action}: not by a session that has ended, nor on nobody`, async () => {
    const scene = await makeScene();
    const act = await prepare(scene);
    const before = await traces(scene);
    for (const customerId of ["", "x", "' OR 1=1 --", "\u0000", randomUUID()]) {
      expect((await act({ ...requestOf(scene), customerId })).kind).toBe("unknown");
    }
    const { id } = scene.staff.session;
    await db.session.update({ where: { id }, data: { endedAt: new Date() } });
    expect((await act(requestOf(scene))).kind).toBe("signed-out");
    expect(await traces(scene)).toEqual(before);
  });
}

test.each(["wrong-codes", "not-me"] as const)(
  "a block after %s is lifted: the place gets a code again, with three attempts",
  async (because) => {
    const scene = await makeScene();
    const { customerId } = scene;
    const reference = await blockAt(customerId, elsewhere, because);
    const from = async () =>
      signIn({
        accountId: customerId,
        proof: await passwordProof(customerId),
        client: clientAt(elsewhere),
        browserId: newBrowser(),
        callbackPath: null,
        earlier: null,
      });
    expect((await from()).kind).toBe("blocked");
    const lifted = await liftBlock({ ...requestOf(scene), reference });
    expect(lifted).toEqual({ kind: "lifted", place: elsewhere });
    expect(await db.codeAttempts.count({ where: { subject: customerId } })).toBe(0);
    expect((await from()).kind).toBe("code-asked");
    const [mail] = await mailsOf(customerId, "block-lifted");
    expect(mail?.facts).toMatchObject({ about: { place: elsewhere } });
  },
);

test("a block that is over, lifted, of somebody else or of nobody is not lifted, and nothing is recorded", async () => {
  const [scene, other] = [await makeScene(), await makeScene()];
  const over = await blockAt(scene.customerId);
  const data = { blockedUntil: new Date() };
  await db.codeAttempts.updateMany({ where: { blockReference: over }, data });
  const theirs = await blockAt(other.customerId);
  const before = [await traces(scene), await traces(other)];
  for (const reference of [over, theirs, "K7QM-2PX", "", "\u0000", "x".repeat(10_000)]) {
    expect(await liftBlock({ ...requestOf(scene), reference })).toEqual({ kind: "block-over" });
  }
  expect([await traces(scene), await traces(other)]).toEqual(before);
});

test("two members of staff lift one block at the same moment: it is recorded once", async () => {
  const scene = await makeScene();
  const reference = await blockAt(scene.customerId);
  const staff = [scene.staff, await makeStaff("admin")];
  const outcomes = await Promise.all(
    staff.map((one) => liftBlock({ ...requestOf(scene), staff: one, reference })),
  );
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["block-over", "lifted"]);
  expect(await auditsOf(scene.customerId)).toHaveLength(1);
  expect(await mailsOf(scene.customerId, "block-lifted")).toHaveLength(2);
});

test("ending sessions ends each of them and the trust in each browser, and says when there is none", async () => {
  const scene = await makeScene();
  const { customer, customerId } = scene;
  await askToWiden(customer, actorsPassword, { kind: "trust-browser" });
  const other = await makeActor({ accountId: customerId });
  const outcome = await endCustomerSessions(requestOf(scene));
  expect(outcome).toEqual({ kind: "ended", sessions: 2, browsers: 1 });
  for (const { session } of [customer, other]) {
    expect(await findLiveSession(session.id)).toBeNull();
  }
  const where = { accountId: customerId, endedAt: null };
  expect(await db.trustedBrowser.count({ where })).toBe(0);
  const before = await traces(scene);
  expect(await endCustomerSessions(requestOf(scene))).toEqual({ kind: "none" });
  expect(await traces(scene)).toEqual(before);
});

test("forgetting a place ends the sessions from there; a gone or foreign one is said to be gone", async () => {
  const [scene, other] = [await makeScene(), await makeScene()];
  const { customerId } = scene;
  const away = await makeActor({ accountId: customerId, ip: elsewhere });
  const placeId = await placeIdOf(customerId);
  const outcome = await forgetPlace({ ...requestOf(scene), placeId });
  expect(outcome).toEqual({ kind: "forgotten", network: home });
  expect(await findLiveSession(scene.customer.session.id)).toBeNull();
  expect(await findLiveSession(away.session.id)).not.toBeNull();
  expect(await db.trustedPlace.count({ where: { accountId: customerId } })).toBe(0);
  const before = await traces(scene);
  for (const id of [placeId, await placeIdOf(other.customerId), randomUUID(), "x", ""]) {
    expect(await forgetPlace({ ...requestOf(scene), placeId: id })).toEqual({ kind: "place-gone" });
  }
  expect(await traces(scene)).toEqual(before);
  expect(await db.trustedPlace.count({ where: { accountId: other.customerId } })).toBe(1);
});

test("switching off ends sessions, browsers, pending sign-ins, links and changes of e-mail, and lets nobody in", async () => {
  const scene = await makeScene();
  const { customer, customerId, account } = scene;
  await askToWiden(customer, actorsPassword, { kind: "trust-browser" });
  await askEmailChange(customer, actorsPassword, `new-${randomUUID()}@example.com`);
  await requestReset(account.email, clientAt(elsewhere));
  await startSignIn(customerId);
  const proof = await passwordProof(customerId);
  expect((await switchOff(requestOf(scene))).kind).toBe("switched-off");
  const open = { accountId: customerId, endedAt: null };
  expect(await db.session.count({ where: open })).toBe(0);
  expect(await db.trustedBrowser.count({ where: open })).toBe(0);
  expect(await db.challenge.count({ where: open })).toBe(0);
  expect(await db.passwordReset.count({ where: open })).toBe(0);
  expect(await db.emailChange.count({ where: open })).toBe(0);
  const row = await db.account.findUniqueOrThrow({ where: { id: customerId } });
  expect(row).toMatchObject({ passwordOffBecause: "support", passwordOffAt: expect.any(Date) });
  const again = { accountId: customerId, client: clientAt(home), browserId: newBrowser() };
  const request = { ...again, callbackPath: null, earlier: null };
  expect((await signIn({ ...request, proof })).kind).not.toBe("entered");
  const fresh = await passwordProof(customerId);
  expect((await signIn({ ...request, proof: fresh })).kind).toBe("password-off");
});

test("a password that is off already is said to be, and nothing is recorded", async () => {
  const scene = await makeScene();
  await switchOff(requestOf(scene));
  const before = await traces(scene);
  expect(await switchOff(requestOf(scene))).toMatchObject({ kind: "already-off" });
  expect(await traces(scene)).toEqual(before);
});

test("a reset goes to the contact e-mail alone, and staff learn nothing of the link", async () => {
  const scene = await makeScene();
  const { customerId, account } = scene;
  expect(await startReset(requestOf(scene))).toEqual({ kind: "reset-sent" });
  const links = await mailsOf(customerId, "password-reset");
  expect(links.map(({ recipient }) => recipient)).toEqual([account.email]);
  const [reset] = await db.passwordReset.findMany({ where: { accountId: customerId } });
  expect(reset?.endedAt).toBeNull();
  const [entry] = await auditsOf(customerId);
  expect(JSON.stringify(entry?.details)).not.toContain(reset?.id);
  const row = await db.account.findUniqueOrThrow({ where: { id: customerId } });
  expect(row.passwordHash).toBe(account.passwordHash);
});

test("support and the customer together start three resets an hour; what was not sent does not count", async () => {
  const scene = await makeScene();
  const { customerId, account } = scene;
  await requestReset(account.email, clientAt(elsewhere));
  for (let time = 0; time < 5; time += 1) {
    expect((await startReset({ ...requestOf(scene), reason: "" })).kind).toBe("invalid");
  }
  expect((await startReset(requestOf(scene))).kind).toBe("reset-sent");
  expect((await startReset(requestOf(scene))).kind).toBe("reset-sent");
  const before = await traces(scene);
  expect(await startReset(requestOf(scene))).toMatchObject({
    kind: "too-often",
    until: expect.any(Date),
  });
  expect(await traces(scene)).toEqual(before);
  expect(await mailsOf(customerId, "password-reset")).toHaveLength(3);
});
