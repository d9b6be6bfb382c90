import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { resetFactors } from "@/lib/staff/reset-factors";
import { activitiesOf, addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import { queueUp } from "@/lib/testing/case-review";
import { testDatabase } from "@/lib/testing/database";
import { addApp, addPasskeyRow, addRecoveryCodes } from "@/lib/testing/factors";
import { clientAt, cookieOf, freshAddress, newBrowser, passwordProof } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

const away = "198.51.100.66";

async function pendingSignIn(accountId: string) {
  const request = { accountId, proof: await passwordProof(accountId), client: clientAt(away) };
  const asked = await signIn({
    ...request,
    ...{ browserId: newBrowser(), callbackPath: null, earlier: null },
  });
  if (asked.kind !== "factor-asked") throw new Error(`The sign-in was ${asked.kind}.`);
  const cookie = cookieOf(asked);
  return (typed: string) => verifyCode({ typed, cookie, shown: null, client: clientAt(away) });
}

const factorsOf = async (accountId: string) => ({
  apps: await db.authenticatorApp.count({ where: { accountId } }),
  passkeys: await db.passkey.count({ where: { accountId } }),
  recoveryCodes: await db.recoveryCode.count({ where: { accountId } }),
});

const liveSessionsOf = (accountId: string) =>
  db.session.count({ where: { accountId, endedAt: null } });

test("all factors go, with sessions and pending sign-ins; nothing else of the account does", async () => {
  const { session } = await makeStaff("support");
  const { accountId } = session;
  await addPasskeyRow(accountId);
  await addRecoveryCodes(accountId);
  const answer = await pendingSignIn(accountId);
  const { email, passwordHash, role } = await db.account.findUniqueOrThrow({
    where: { id: accountId },
  });
  const gone = { apps: 1, passkeys: 1, recoveryCodes: 10 };
  expect(await resetFactors(email)).toEqual({ kind: "reset", email, gone });
  expect(await factorsOf(accountId)).toEqual({ apps: 0, passkeys: 0, recoveryCodes: 0 });
  expect(await findLiveSession(session.id)).toBeNull();
  expect(await answer("123456")).toMatchObject({ kind: "shut-out", because: "factor-changed" });
  const now = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  expect([now.passwordHash, now.role]).toEqual([passwordHash, role]);
  expect(await db.trustedPlace.count({ where: { accountId } })).toBe(1);
});

test("it is audited, and mailed to every address of theirs and to every admin", async () => {
  await db.account.updateMany({ data: { role: "customer" } });
  const [ana, rui] = [await makeStaff("admin"), await makeStaff("admin")];
  const { accountId, account } = (await makeStaff("marketing")).session;
  const further = freshAddress();
  await addFurther(accountId, further);
  await resetFactors(account.email);
  const own = await mailsOf(accountId, "factors-reset");
  expect(own.map(({ recipient }) => recipient).sort()).toEqual([account.email, further].sort());
  expect(own[0]?.facts).toMatchObject({ bySupport: true, ip: null });
  for (const admin of [ana, rui]) {
    const [mail, ...more] = await mailsOf(admin.session.accountId, "staff-factors-reset");
    expect(more).toEqual([]);
    expect(mail?.facts).toMatchObject({ about: { member: account.email, by: null } });
  }
  expect((await activitiesOf(accountId)).at(-1)).toMatchObject({ kind: "factors-reset", ip: null });
  expect(await auditOf(accountId)).toMatchObject([
    {
      action: "staff-factors-reset",
      ...{ actor: "command", actorId: null, role: "operator", subjectKind: "staff" },
      details: { apps: 1, passkeys: 0, recoveryCodes: 0 },
    },
  ]);
});

test("a passkey that only signs in goes too, of whoever has no second step", async () => {
  const { session } = await makeStaff("support");
  const { accountId, account } = session;
  await db.authenticatorApp.deleteMany({ where: { accountId } });
  const { id } = await addPasskeyRow(accountId);
  await db.passkey.update({ where: { id }, data: { signsIn: true, isSecondStep: false } });
  const gone = { apps: 0, passkeys: 1, recoveryCodes: 0 };
  expect(await resetFactors(account.email)).toEqual({ kind: "reset", email: account.email, gone });
  expect(await factorsOf(accountId)).toEqual({ apps: 0, passkeys: 0, recoveryCodes: 0 });
  expect(await liveSessionsOf(accountId)).toBe(0);
  expect(await mailsOf(accountId, "factors-reset")).toHaveLength(1);
});

test("an admin whose own factors they are is notified once, as their owner", async () => {
  const { accountId, account } = (await makeStaff("admin")).session;
  await resetFactors(account.email);
  expect(await mailsOf(accountId, "factors-reset")).toHaveLength(1);
  expect(await mailsOf(accountId, "staff-factors-reset")).toEqual([]);
});

test("at the next sign-in a code is mailed, and before anything else a factor is added", async () => {
  const { accountId, account } = (await makeStaff("support")).session;
  await resetFactors(account.email);
  const asked = await signIn({
    ...{ accountId, proof: await passwordProof(accountId), client: clientAt("203.0.113.7") },
    ...{ browserId: newBrowser(), callbackPath: null, earlier: null },
  });
  expect(asked.kind).toBe("code-asked");
  const { session } = await makeActor({ accountId });
  expect(session.account).toMatchObject({ hasFactor: false, mustEnrol: true });
});

test("nobody's are taken who is a customer, unknown, or has none; nothing is written", async () => {
  const { accountId, account, id } = (await makeActor()).session;
  await addApp(accountId);
  const { email } = account;
  expect(await resetFactors(email)).toEqual({ kind: "not-staff", email });
  expect(await factorsOf(accountId)).toMatchObject({ apps: 1 });
  expect(await resetFactors(freshAddress())).toEqual({ kind: "unknown" });
  await db.authenticatorApp.deleteMany({ where: { accountId } });
  await db.account.update({ where: { id: accountId }, data: { role: "support" } });
  expect(await resetFactors(email)).toEqual({ kind: "none", email });
  expect(await findLiveSession(id)).not.toBeNull();
  expect([await auditOf(accountId), await mailsOf(accountId, "factors-reset")]).toEqual([[], []]);
});

test.each(["the reset", "the sign-in"])(
  "a sign-in with the factor at once, ten times, %s first: no session outlives the reset",
  async (first) => {
    for (let round = 0; round < 10; round += 1) {
      const { accountId, account } = (await makeStaff("support", { ip: away })).session;
      await db.authenticatorApp.deleteMany({ where: { accountId } });
      const app = await addApp(accountId);
      const answer = await pendingSignIn(accountId);
      const works: (() => Promise<{ kind: string }>)[] = [
        () => resetFactors(account.email),
        () => answer(app.codeNow()),
      ];
      if (first === "the sign-in") works.reverse();
      const outcomes = await queueUp(accountId, works);
      const [reset, entered] = first === "the reset" ? outcomes : outcomes.toReversed();
      expect(reset?.kind).toBe("reset");
      expect(["right", "shut-out"]).toContain(entered?.kind);
      expect(await liveSessionsOf(accountId)).toBe(0);
      expect(await factorsOf(accountId)).toMatchObject({ apps: 0 });
    }
  },
);
