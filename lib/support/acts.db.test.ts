import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { isMailedAct } from "@/lib/account/acts";
import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import type { ActRequest } from "@/lib/support/act-on-customer";
import { carryOutAct, type PlainAct, readPlainAct } from "@/lib/support/act-steps";
import { activitiesOf, mailsOf, makeActor } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import { blockAt, reason } from "@/lib/testing/callers";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";
import { makeScene, placeIdOf, requestOf, type Scene, traces } from "@/lib/testing/support-scene";

testDatabase();

type Done = { kind: string };

/** What each act is done to, and what its step says. */
type ActScene = { done: string; prepare?(scene: Scene): Promise<string> };

const scenes: Record<PlainAct, ActScene> = {
  "block-lifted": { done: "lifted", prepare: ({ customerId }) => blockAt(customerId) },
  "sessions-ended-by-support": { done: "ended" },
  "place-forgotten-by-support": {
    done: "forgotten",
    prepare: ({ customerId }) => placeIdOf(customerId),
  },
  "password-switched-off": { done: "switched-off" },
  "reset-by-support": { done: "reset-sent" },
  "mark-lifted": {
    done: "lifted",
    prepare: async ({ account }) => {
      const mark = { because: "bounced", status: "5.1.1", markedAt: new Date() };
      await db.markedAddress.create({ data: { ...mark, address: account.email.toLowerCase() } });
      return "contact";
    },
  },
};

for (const [name, { done, prepare: aim = async () => "" }] of Object.entries(scenes)) {
  const action = name as PlainAct;
  const prepare = async (scene: Scene) => {
    const target = await aim(scene);
    return (request: ActRequest): Promise<Done> => carryOutAct(action, { ...request, target });
  };

  test(`${action}: done, mailed to every address with its reason unless no mail may say it, among the activities and in the audit log by that name`, async () => {
    const scene = await makeScene();
    const { customerId, account, further, staff } = scene;
    const act = await prepare(scene);
    expect((await act(requestOf(scene))).kind).toBe(done);
    const mails = isMailedAct(action) ? await mailsOf(customerId, action) : [];
    expect(await db.mail.count({ where: { accountId: customerId, kind: action } })).toBe(
      mails.length,
    );
    const mailed = isMailedAct(action) ? [account.email, further].sort() : [];
    expect(mails.map(({ recipient }) => recipient).sort()).toEqual(mailed);
    for (const one of mails) {
      expect(one.facts).toMatchObject({ bySupport: true, ip: null, about: { reason } });
      expect(one.notMeId).not.toBeNull();
    }
    const activity = (await activitiesOf(customerId)).at(-1);
    expect(activity).toMatchObject({ kind: action, about: { reason }, ip: null });
    const [entry, ...rest] = await auditOf(customerId);
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

test.each([...Object.keys(scenes)])("a form can name %s", (name) => {
  expect(readPlainAct(name)).toBe(name);
});

test.each([null, "", "x", "hotline-pass", "toString", "__proto__", "lift-block"])(
  "%j is no act of the form",
  (typed) => {
    expect(readPlainAct(typed)).toBeNull();
  },
);
