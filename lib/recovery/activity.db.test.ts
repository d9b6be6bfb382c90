import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { changePassword } from "@/lib/recovery/change-password";
import { resetPassword } from "@/lib/recovery/reset-password";
import { activitiesOf, actorsPassword, addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { askForLink } from "@/lib/testing/reset-links";

testDatabase();

const newPassword = "another long passphrase";
const kindsOf = async (accountId: string) =>
  (await activitiesOf(accountId)).map(({ kind }) => kind);

test("a changed password is recorded, and mailed to every confirmed address", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  await addFurther(accountId, "second@example.com");
  const request = { ...actor, currentPassword: actorsPassword, newPassword };
  await changePassword({ ...request, signOutElsewhere: false });
  expect(await kindsOf(accountId)).toEqual(["password-changed"]);
  const mails = await mailsOf(accountId, "password-changed");
  expect(mails.map(({ recipient }) => recipient).sort()).toEqual(
    [account.email, "second@example.com"].sort(),
  );
});

test("a password set by a mailed link is recorded, and switches a switched-off one on again", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  await db.account.update({ where: { id: accountId }, data: { passwordOffAt: new Date() } });
  await resetPassword(await askForLink(account.email), newPassword, actor.client);
  expect(await kindsOf(accountId)).toEqual(["password-reset"]);
  const row = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  expect(row.passwordOffAt).toBeNull();
});
