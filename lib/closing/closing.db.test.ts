import { expect, test } from "vitest";
import { askNewAddress } from "@/lib/cases/request/ask-new-address";
import { closeAccount, keepAccount } from "@/lib/closing/close-account";
import { db } from "@/lib/db/client";
import { cleanUp } from "@/lib/jobs/clean-up";
import { actorsPassword, addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { laterDays, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { nobody, startFor } from "@/lib/testing/drafts";
import { expectLogged } from "@/lib/testing/logged";
import { clientAt, freshAddress, newBrowser } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

const exists = async (id: string) => (await db.account.count({ where: { id } })) === 1;

test("closing needs the password, and its end is mailed: 14 days from now", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  expect(await closeAccount(actor, "wrong")).toEqual({ kind: "password-wrong" });
  expect(await closeAccount(actor, "")).toEqual({ kind: "password-missing" });
  expect((await db.account.findUniqueOrThrow({ where: { id: accountId } })).closesAt).toBeNull();
  expect(await closeAccount(actor, actorsPassword)).toEqual({ kind: "asked" });
  const [mail] = await mailsOf(accountId, "closing-asked");
  expect(mail?.facts).toMatchObject({ until: "2026-12-06T12:00:00.000Z" });
});

test("asked twice, its end does not move", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  await closeAccount(actor, actorsPassword);
  laterDays(3);
  expect(await closeAccount(actor, actorsPassword)).toEqual({ kind: "asked-already" });
  const { closesAt } = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  expect(closesAt).toEqual(new Date("2026-12-06T12:00:00Z"));
  expect(await mailsOf(accountId, "closing-asked")).toHaveLength(1);
});

test("within 14 days it can be kept, and then stays", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  await closeAccount(actor, actorsPassword);
  laterDays(13.9);
  await cleanUp();
  expect(await keepAccount(actor)).toEqual({ kind: "kept" });
  expect(await keepAccount(actor)).toEqual({ kind: "nothing-asked" });
  laterDays(20);
  await cleanUp();
  expect(await exists(accountId)).toBe(true);
  expect(await mailsOf(accountId, "closing-cancelled")).toHaveLength(1);
});

test("after 14 days nothing that names the customer is left, and the address is notified", async () => {
  const actor = await makeActor({ codeProven: false });
  const { accountId, account } = actor.session;
  await addFurther(accountId, "second@example.com");
  await askToWiden(actor, actorsPassword, { kind: "trust-browser" });
  await closeAccount(actor, actorsPassword);
  laterDays(14);
  await Promise.all([cleanUp(), cleanUp()]);
  expect(await exists(accountId)).toBe(false);
  const tables = await db.$queryRaw<{ table_name: string }[]>`
    SELECT table_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'account_id'`;
  expect(tables.length).toBeGreaterThan(10);
  for (const { table_name: table } of tables) {
    const rows = await db.$queryRawUnsafe<{ count: bigint }[]>(
      `SELECT count(*) FROM ${table} WHERE account_id = $1::uuid`,
      accountId,
    );
    expect([table, rows[0]?.count]).toEqual([table, 0n]);
  }
  const mails = await db.mail.findMany({ where: { recipient: account.email } });
  expect(mails.map(({ kind }) => kind)).toEqual(["account-closed"]);
});

test("somebody else's account stays", async () => {
  const [actor, other] = [await makeActor(), await makeActor()];
  await closeAccount(actor, actorsPassword);
  laterDays(15);
  await cleanUp();
  expect(await exists(other.session.accountId)).toBe(true);
});

test("the last admin cannot leave, also while another one is leaving; others of the staff can", async () => {
  await db.account.updateMany({ data: { role: "customer" } });
  const [admin, support] = [await makeStaff("admin"), await makeStaff("support")];
  expect(await closeAccount(support, actorsPassword)).toEqual({ kind: "asked" });
  expect(await closeAccount(admin, actorsPassword)).toEqual({ kind: "last-admin" });
  const { accountId } = admin.session;
  expect(await db.account.findUniqueOrThrow({ where: { id: accountId } })).toMatchObject({
    closeAskedAt: null,
    closesAt: null,
  });
  expect(await mailsOf(accountId, "closing-asked")).toEqual([]);
  const second = await makeStaff("admin");
  expect(await closeAccount(second, actorsPassword)).toEqual({ kind: "asked" });
  expect(await closeAccount(admin, actorsPassword)).toEqual({ kind: "last-admin" });
});

test("two admins who close their accounts at once: one stays", async () => {
  for (let times = 0; times < 3; times += 1) {
    await db.account.updateMany({ data: { role: "customer" } });
    const admins = [await makeStaff("admin"), await makeStaff("admin")];
    const outcomes = await Promise.all(admins.map((one) => closeAccount(one, actorsPassword)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["asked", "last-admin"]);
  }
});

test("a code for somebody else's case about an address of theirs goes out all the same", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  const draft = await startFor(nobody, freshAddress(), clientAt("198.51.100.90"));
  await askNewAddress(draft, account.email, {
    client: clientAt("198.51.100.90"),
    browserId: newBrowser(),
  });
  const ofCase = { recipient: account.email, kind: "new-address-code" };
  expect(await db.mail.count({ where: ofCase })).toBe(1);
  await closeAccount(actor, actorsPassword);
  laterDays(15);
  await cleanUp();
  expect(await exists(accountId)).toBe(false);
  expect(await db.mail.count({ where: ofCase })).toBe(1);
});

test("an account that cannot be erased keeps no other from its end", async () => {
  expectLogged(/A closed account could not be erased/);
  const ids: string[] = [];
  for (let number = 0; number < 3; number += 1) {
    const actor = await makeActor();
    await closeAccount(actor, actorsPassword);
    ids.push(actor.session.accountId);
  }
  await db.$executeRaw`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''is in use elsewhere''; END'`;
  const of = `BEFORE DELETE ON account FOR EACH ROW WHEN (OLD.id = '${ids[0]}')`;
  await db.$executeRawUnsafe(`CREATE TRIGGER refused ${of} EXECUTE FUNCTION refuse()`);
  laterDays(15);
  await cleanUp();
  expect(await Promise.all(ids.map(exists))).toEqual([true, false, false]);
  await db.$executeRaw`DROP TRIGGER refused ON account`;
  await cleanUp();
  expect(await exists(ids[0] ?? "")).toBe(false);
});
