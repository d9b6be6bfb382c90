import { expect, test } from "vitest";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { db } from "@/lib/db/client";
import { actorsPassword, mailsOf, makeActor } from "@/lib/testing/actors";
import { stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp, wrongCodeOf } from "@/lib/testing/factors";
import { freshAddress } from "@/lib/testing/people";
import { askToWiden } from "@/lib/widening/ask-to-widen";
import { confirmWidening } from "@/lib/widening/confirm-widening";

testDatabase();
stoppedClock();

/** A customer with an app, in a session that has not shown it: a known place asked for nothing. */
async function unproven() {
  const { accountId } = (await makeActor()).session;
  const app = await addApp(accountId);
  const actor = await makeActor({ accountId });
  await db.session.update({ where: { id: actor.session.id }, data: { factorProvenAt: null } });
  return {
    accountId,
    app,
    actor: { ...actor, session: { ...actor.session, factorProvenAt: null } },
  };
}

const changesOf = (accountId: string) => db.emailChange.count({ where: { accountId } });

test("a session that has not shown the factor begins no change of the contact e-mail", async () => {
  const { accountId, actor } = await unproven();
  const newEmail = freshAddress();
  expect(await askEmailChange(actor, actorsPassword, newEmail)).toEqual({
    kind: "factor-needed",
    newEmail,
  });
  expect(await changesOf(accountId)).toBe(0);
  expect(await mailsOf(accountId, "confirm-old-email")).toEqual([]);
});

test("the factor's answer begins it, once, and a wrong one does not; nothing is mailed to ask for it", async () => {
  const { accountId, app, actor } = await unproven();
  const email = freshAddress();
  const request = { kind: "change-email", email } as const;
  expect(await askToWiden(actor, actorsPassword, request)).toEqual({ kind: "factor-asked" });
  expect(await mailsOf(accountId, "widening-code")).toEqual([]);
  expect(await confirmWidening(actor, wrongCodeOf(app), null)).toMatchObject({ kind: "wrong" });
  expect(await changesOf(accountId)).toBe(0);
  const code = app.codeNow();
  const outcomes = await Promise.all([1, 2, 3].map(() => confirmWidening(actor, code, null)));
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["done", "over", "over"]);
  expect(await db.emailChange.findMany({ where: { accountId } })).toMatchObject([
    { newEmail: email, endedAt: null },
  ]);
  expect(await mailsOf(accountId, "confirm-old-email")).toHaveLength(1);
});

test("a session that has shown it, and one of an account without a factor, goes on at once", async () => {
  const { accountId } = await unproven();
  const proven = await makeActor({ accountId });
  const plain = await makeActor({ codeProven: false });
  for (const actor of [proven, plain]) {
    const outcome = await askEmailChange(actor, actorsPassword, freshAddress());
    expect(outcome.kind).toBe("asked");
  }
});

test("whoever holds the address is notified, and who asked learns nothing", async () => {
  const { app, actor } = await unproven();
  const holder = (await makeActor()).session.account;
  const request = { kind: "change-email", email: holder.email } as const;
  await askToWiden(actor, actorsPassword, request);
  const outcome = await confirmWidening(actor, app.codeNow(), null);
  expect(outcome).toMatchObject({ result: { kind: "email-change-asked", newEmail: holder.email } });
  expect(await mailsOf(holder.id, "already-have-account")).toHaveLength(1);
  expect(
    await db.mail.count({ where: { kind: "confirm-new-email", recipient: holder.email } }),
  ).toBe(0);
});
