import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { activitiesOf, actorsPassword, mailsOf, makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();

const phone = "+351215550100";
type Actor = Awaited<ReturnType<typeof makeActor>>;

const ask = (actor: Actor, number: string | null = phone, password = actorsPassword) =>
  askToWiden(actor, password, { kind: "set-phone", phone: number });

const rowOf = ({ session }: Actor) =>
  db.account.findUniqueOrThrow({ where: { id: session.accountId } });

test("a number is set by who knows the password, recorded, and mailed by its end alone", async () => {
  const actor = await makeActor();
  expect(await ask(actor, phone, "wrong")).toEqual({ kind: "password-wrong" });
  expect(await ask(actor)).toMatchObject({ kind: "done", result: { kind: "phone-set" } });
  expect(await rowOf(actor)).toMatchObject({ phone });
  expect((await rowOf(actor)).phoneChangedAt).not.toBeNull();
  const [mail] = await mailsOf(actor.session.accountId, "phone-changed");
  expect(mail?.facts).toMatchObject({ about: { phoneEnd: "•••• 0100" } });
  expect(JSON.stringify(mail)).not.toContain(phone);
  const [activity] = await activitiesOf(actor.session.accountId);
  expect(activity).toMatchObject({ kind: "phone-changed" });
});

test("whoever got in without a code types one before the number support calls back is another", async () => {
  const actor = await makeActor({ codeProven: false });
  expect(await ask(actor)).toEqual({ kind: "code-asked" });
  expect((await rowOf(actor)).phone).toBeNull();
});

test("the same number again changes nothing, and its week does not begin anew", async () => {
  const actor = await makeActor();
  await ask(actor);
  const before = (await rowOf(actor)).phoneChangedAt;
  expect(await ask(actor)).toMatchObject({ result: { kind: "phone-unchanged" } });
  expect((await rowOf(actor)).phoneChangedAt).toEqual(before);
  expect(await mailsOf(actor.session.accountId, "phone-changed")).toHaveLength(1);
});

test("an empty number takes it away, and is mailed", async () => {
  const actor = await makeActor();
  await ask(actor);
  expect(await ask(actor, null)).toMatchObject({ result: { kind: "phone-set", phoneEnd: null } });
  expect((await rowOf(actor)).phone).toBeNull();
  expect(await ask(actor, null)).toMatchObject({ result: { kind: "phone-unchanged" } });
  expect(await mailsOf(actor.session.accountId, "phone-changed")).toHaveLength(2);
});

test("that was not me takes a thief's number off the record", async () => {
  const actor = await makeActor();
  await ask(actor);
  const [mail] = await mailsOf(actor.session.accountId, "phone-changed");
  const link = await db.accountLink.findUniqueOrThrow({ where: { id: mail?.notMeId ?? "" } });
  const outcome = await pressNotMe(linkTokenOf("not-me", link), actor.client);
  expect(outcome.kind).toBe("secured");
  expect((await rowOf(actor)).phone).toBeNull();
});
