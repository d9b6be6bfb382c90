import { expect, test } from "vitest";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { confirmByLink } from "@/lib/contact/confirm";
import { db } from "@/lib/db/client";
import { lockAccounts, lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import { hashPassword } from "@/lib/password/password-hash";
import { provePassword } from "@/lib/password/prove-password";
import { requestReset } from "@/lib/recovery/request-reset";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { signUp } from "@/lib/sign-up/sign-up";
import { actorsPassword, makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, freshAddress, makeAccount, newBrowser } from "@/lib/testing/people";
import { takers } from "@/lib/testing/taking-away";
import { countWaiting } from "@/lib/testing/waiting";

testDatabase();

const ROUNDS = 10;
let next = 0;
const somewhere = () => clientAt(`10.7.${Math.floor(next / 250)}.${(next++ % 250) + 1}`);

/** Starts works in the given order, or in the other one every second round; none may fail. */
function atOnce<T>(round: number, works: (() => Promise<T>)[]): Promise<T[]> {
  const ordered = round % 2 === 0 ? works : [...works].reverse();
  return Promise.all(ordered.map((work) => work()));
}

test("a lock out of the order is refused before anybody waits for it", async () => {
  const { id } = await makeAccount();
  const wrong = inTransaction(async (tx) => {
    await lockSubject(tx, "case:1");
    await lockSubject(tx, id);
  });
  await expect(wrong).rejects.toThrow('A lock of "account" is taken after one of "case".');
});

test("a lock that is held is not taken again, and is gone with its transaction", async () => {
  const { id } = await makeAccount();
  for (let times = 1; times <= 2; times += 1) {
    await inTransaction(async (tx) => {
      await lockSubject(tx, id);
      await lockSubject(tx, "case:1");
      await lockSubject(tx, id);
      await lockAccounts(tx, [id]);
    });
    const { accessVersion } = await db.account.findUniqueOrThrow({ where: { id } });
    expect(accessVersion).toBe(times);
  }
});

test("several accounts are locked in one order, whichever way round they are named", async () => {
  const [one, other] = [await makeAccount(), await makeAccount()];
  for (let round = 0; round < ROUNDS; round += 1) {
    const lockBoth = (ids: string[]) => () => inTransaction((tx) => lockAccounts(tx, ids));
    await atOnce(round, [lockBoth([one.id, other.id]), lockBoth([other.id, one.id])]);
  }
});

test("two customers who ask for each other's address at the same moment do not wait for each other", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const [ana, rui] = [await makeActor(), await makeActor()];
    const outcomes = await atOnce(round, [
      () => askEmailChange(ana, actorsPassword, rui.session.account.email),
      () => askEmailChange(rui, actorsPassword, ana.session.account.email),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["asked", "asked"]);
  }
});

async function changing() {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  const newEmail = freshAddress();
  await askEmailChange(actor, actorsPassword, newEmail);
  const confirm = async (purpose: "confirm-old-email" | "confirm-new-email") => {
    const link = await db.accountLink.findFirstOrThrow({ where: { accountId, purpose } });
    return confirmByLink(linkTokenOf(purpose, link), clientAt("192.0.2.200"));
  };
  await confirm("confirm-old-email");
  return { account, newEmail, complete: () => confirm("confirm-new-email") };
}

const signUpWith = (email: string) =>
  signUp({
    email,
    locale: "en",
    client: somewhere(),
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
    person: { kind: "new", name: "Eva", password: actorsPassword },
  });

test("sign-ups with the old and the new address of a contact e-mail that changes fail nobody", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { account, newEmail, complete } = await changing();
    const outcomes = await atOnce<{ kind: string }>(round, [
      complete,
      () => signUpWith(account.email),
      () => signUpWith(newEmail),
    ]);
    const kinds = outcomes.map(({ kind }) => kind).sort();
    expect(kinds).toEqual(["code-asked", "code-asked", "confirmed"]);
  }
});

// Each of these gives the account another mailbox, or none.
for (const name of ["a case is carried out", "“That was not me”"]) {
  test(`${name}: no link for a new password that was asked for before opens the account after it`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const passwordHash = await hashPassword(actorsPassword);
      const { id, email } = await makeAccount({ trusted: ["203.0.113.7"], passwordHash });
      const press = await takers[name]?.prepare({ id, email });
      if (press === undefined) throw new Error(`Nothing takes away like ${name}.`);
      await atOnce<unknown>(round, [press, () => requestReset(email, somewhere())]);
      const account = await db.account.findUniqueOrThrow({ where: { id } });
      const open = await db.passwordReset.findMany({ where: { accountId: id, endedAt: null } });
      const mails = await db.mail.findMany({
        where: { linkType: "password reset", linkRowId: { in: open.map((reset) => reset.id) } },
      });
      for (const { recipient } of mails) expect(recipient).toBe(account.email);
    }
  });
}

test("a link for a new password waits for what is decided about its account", async () => {
  const account = await makeAccount();
  const newEmail = freshAddress();
  let asking: Promise<void> | undefined;
  await inTransaction(async (tx) => {
    await lockSubject(tx, account.id);
    asking = requestReset(account.email, somewhere());
    let waiting = 0;
    while (waiting < 1) waiting = await countWaiting();
    await tx.account.update({ where: { id: account.id }, data: { email: newEmail } });
  });
  await asking;
  expect(await db.passwordReset.count({ where: { accountId: account.id } })).toBe(0);
});

test("a password that is switched off proves nothing in a session that is still open", async () => {
  const actor = await makeActor();
  expect(await provePassword(actor, actorsPassword)).toEqual({ kind: "right" });
  const { accountId: id } = actor.session;
  await db.account.update({ where: { id }, data: { passwordOffAt: new Date() } });
  expect(await provePassword(actor, actorsPassword)).toEqual({ kind: "wrong" });
});
