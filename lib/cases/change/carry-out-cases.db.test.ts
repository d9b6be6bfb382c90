import { afterEach, expect, test } from "vitest";
import { carryOutCases, remindOwners } from "@/lib/cases/change/carry-out-cases";
import { eraseClosedAccounts } from "@/lib/closing/erase-closed-accounts";
import { db } from "@/lib/db/client";
import { codeOf } from "@/lib/secrets/code";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { signUp } from "@/lib/sign-up/sign-up";
import { activitiesOf, actorsPassword, makeActor } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import {
  askToClose,
  closeAccountOf,
  decideNow,
  kindsTo,
  makeApproved,
  makeCase,
  queueUp,
  sendWord,
} from "@/lib/testing/case-review";
import { hoursAfter, laterHours, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { caseNow } from "@/lib/testing/drafts";
import { expectLogged } from "@/lib/testing/logged";
import { clientAt, cookieOf, freshAddress, makeAccount, newBrowser } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();
stoppedClock();

afterEach(async () => {
  await db.recoveryCase.deleteMany();
});

const accountOf = (id: string | null) => db.account.findUniqueOrThrow({ where: { id: id ?? "" } });
const reader = clientAt("192.0.2.200");

test("nothing changes before the cooling time is over, and then once", async () => {
  const { id, accountId, accountEmail, newEmail } = await makeApproved();
  laterHours(71.9);
  await carryOutCases();
  expect((await accountOf(accountId)).email).toBe(accountEmail);
  laterHours(72);
  await queueUp(accountId, [carryOutCases, carryOutCases, carryOutCases]);
  await carryOutCases();
  expect((await accountOf(accountId)).email).toBe(newEmail);
  expect(await caseNow(id)).toMatchObject({ state: "done", endedAt: hoursAfter(72) });
  const mailed = await kindsTo(newEmail);
  expect(mailed.sort()).toEqual(["case-approved", "case-done", "password-reset"]);
  expect(await kindsTo(accountEmail)).toEqual(["case-will-change", "case-changed"]);
  const kinds = (await activitiesOf(accountId)).map(({ kind }) => kind);
  expect(kinds).toEqual(["case-approved", "email-recovered"]);
  const entries = (await auditOf(id)).filter(({ action }) => action === "case-carried-out");
  expect(entries).toMatchObject([{ actorId: null, actor: "worker", role: "worker" }]);
});

test("an address that got an account during the cooling time ends the case, and nothing changes", async () => {
  const { id, accountId, accountEmail, newEmail } = await makeApproved();
  await makeAccount({ email: newEmail });
  laterHours(72);
  await Promise.all([carryOutCases(), carryOutCases()]);
  expect(await caseNow(id)).toMatchObject({ state: "taken", endedAt: hoursAfter(72) });
  expect((await accountOf(accountId)).email).toBe(accountEmail);
  expect(await kindsTo(newEmail)).toEqual(["case-approved", "case-stopped"]);
  expect(await kindsTo(accountEmail)).toEqual(["case-will-change", "case-ended"]);
  expect((await activitiesOf(accountId)).at(-1)?.kind).toBe("case-ended");
  expect((await auditOf(id)).map(({ action }) => action)).not.toContain("case-carried-out");
});

test("signing up with the new address in that very moment: one of them has it, never both", async () => {
  const { id, accountId, newEmail } = await makeApproved();
  laterHours(72);
  const asked = await signUp({
    email: newEmail,
    locale: "en",
    client: reader,
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
    person: { kind: "new", name: "Mallory", password: actorsPassword },
  });
  if (asked.kind !== "code-asked") throw new Error(`The sign-up was ${asked.kind}.`);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const typed = codeOf(challenge) ?? "";
  await Promise.all([
    carryOutCases(),
    verifyCode({ typed, cookie: cookieOf(asked), shown: null, client: reader }),
  ]);
  const holder = await db.account.findUniqueOrThrow({ where: { email: newEmail } });
  expect((await caseNow(id)).state).toBe(holder.id === accountId ? "done" : "taken");
});

test("other live cases of the account end, and who asked is notified; ended ones and drafts stay", async () => {
  const { accountId } = (await makeActor()).session;
  const open = await makeCase({ accountId });
  const waits = await makeCase({ accountId, state: "needs-more" });
  const refused = await makeCase({ accountId, state: "refused", endedAt: start });
  const draft = await makeCase({ accountId, state: "draft", sentAt: null });
  const approved = await makeApproved({ accountId });
  const second = await makeApproved({ accountId });
  const others = await makeCase();
  laterHours(72);
  await Promise.all([carryOutCases(), carryOutCases()]);
  const states = async (...cases: { id: string }[]) =>
    Promise.all(cases.map(async ({ id }) => (await caseNow(id)).state));
  expect(await states(open, waits, refused, draft, others)).toEqual([
    "superseded",
    "superseded",
    "refused",
    "draft",
    "open",
  ]);
  expect((await states(approved, second)).sort()).toEqual(["done", "superseded"]);
  expect(await kindsTo(open.newEmail)).toEqual(["case-stopped"]);
  expect(await kindsTo(waits.newEmail)).toEqual(["case-stopped"]);
  expect(await kindsTo(refused.newEmail)).toEqual([]);
});

test("two accounts that ask for the same address: the first has it, the other one ends", async () => {
  const newEmail = freshAddress();
  const [one, other] = [await makeApproved({ newEmail }), await makeApproved({ newEmail })];
  laterHours(72);
  await Promise.all([carryOutCases(), carryOutCases()]);
  const states = [(await caseNow(one.id)).state, (await caseNow(other.id)).state];
  expect(states.sort()).toEqual(["done", "taken"]);
});

test.each(["open", "refused", "withdrawn"])(
  "a case that is %s by the end of its cooling time is not carried out",
  async (state) => {
    const { id, accountId, accountEmail } = await makeApproved();
    await db.recoveryCase.update({ where: { id }, data: { state } });
    laterHours(73);
    await remindOwners();
    await carryOutCases();
    expect((await accountOf(accountId)).email).toBe(accountEmail);
    expect((await caseNow(id)).state).toBe(state);
  },
);

test("a case that was stopped and approved anew while its change waited for its turn runs its new time", async () => {
  const { id, accountId, accountEmail } = await makeApproved();
  laterHours(72);
  const anew = { coolsUntil: hoursAfter(144) };
  await queueUp(accountId, [carryOutCases], (tx) =>
    tx.recoveryCase.update({ where: { id }, data: anew }),
  );
  expect((await caseNow(id)).state).toBe("approved");
  expect((await accountOf(accountId)).email).toBe(accountEmail);
});

test("a refusal in the very moment of the change: exactly one of them", async () => {
  const { id, accountId, accountEmail, newEmail } = await makeApproved();
  laterHours(72);
  const late = await makeStaff("support");
  const [outcome] = await Promise.all([decideNow(late, id, "refuse"), carryOutCases()]);
  const { state } = await caseNow(id);
  expect(state).toBe(outcome.kind === "refused" ? "refused" : "done");
  const { email } = await accountOf(accountId);
  expect(email).toBe(state === "done" ? newEmail : accountEmail);
});

test("an account that was closed during the cooling time: the others are carried out", async () => {
  const closed = await makeApproved();
  const kept = await makeApproved();
  await closeAccountOf(closed);
  laterHours(36);
  await remindOwners();
  await sendWord();
  laterHours(72);
  await carryOutCases();
  expect((await caseNow(kept.id)).state).toBe("done");
  expect((await kindsTo(closed.newEmail)).at(-1)).toBe("case-stopped");
  expect(await kindsTo(closed.accountEmail)).not.toContain("case-changed");
});

test("an account that is to be erased in the very moment of the change: erased, or changed and kept", async () => {
  for (let round = 0; round < 10; round++) {
    const approved = await makeApproved();
    laterHours(72 * (round + 1));
    await askToClose(approved);
    const both = [eraseClosedAccounts, carryOutCases];
    await Promise.all((round % 2 === 0 ? both : both.reverse()).map((work) => work()));
    const left = await db.account.findUnique({ where: { id: approved.accountId } });
    const { state } = await caseNow(approved.id);
    expect(left?.email ?? null).toBe(state === "done" ? approved.newEmail : null);
    expect(left?.closesAt ?? null).toBeNull();
    await carryOutCases();
  }
});

test("a case that cannot be carried out holds up no other, and is tried again", async () => {
  expectLogged(/A case could not be moved on and is tried again/);
  const broken = await makeApproved();
  laterHours(1);
  const whole = await makeApproved();
  await db.$executeRaw`
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'away'; END $$`;
  await db.$executeRawUnsafe(`
    CREATE TRIGGER refuse_change BEFORE UPDATE ON account FOR EACH ROW
      WHEN (OLD.id = '${broken.accountId}' AND NEW.email <> OLD.email)
      EXECUTE FUNCTION refuse_change()`);
  laterHours(74);
  await carryOutCases();
  expect((await caseNow(whole.id)).state).toBe("done");
  expect(await caseNow(broken.id)).toMatchObject({ state: "approved", endedAt: null });
  const open = { accountId: broken.accountId, endedAt: null };
  expect(await db.session.count({ where: open })).toBe(1);
  expect(await kindsTo(broken.newEmail)).toEqual(["case-approved"]);
  await db.$executeRaw`DROP TRIGGER refuse_change ON account`;
  await carryOutCases();
  expect((await caseNow(broken.id)).state).toBe("done");
});
