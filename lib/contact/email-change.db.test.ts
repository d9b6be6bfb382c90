import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { askEmailChange, cancelEmailChange } from "@/lib/contact/ask-email-change";
import { confirmByLink, readConfirmable } from "@/lib/contact/confirm";
import { readContactPage } from "@/lib/contact/contact-page";
import { db } from "@/lib/db/client";
import { setPassword } from "@/lib/recovery/set-password";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { signUp } from "@/lib/sign-up/sign-up";
import { actorsPassword, addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { laterHours, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, freshAddress, newBrowser } from "@/lib/testing/people";

testDatabase();
stoppedClock();

type Actor = Awaited<ReturnType<typeof makeActor>>;
type Side = "old" | "new";

const reader = clientAt("192.0.2.44");
const ask = (actor: Actor, email: string) => askEmailChange(actor, actorsPassword, email);

async function tokenOf(actor: Actor, side: Side): Promise<string> {
  const kind = side === "old" ? "confirm-old-email" : "confirm-new-email";
  const link = await db.accountLink.findFirstOrThrow({
    where: { accountId: actor.session.accountId, purpose: kind },
    orderBy: { createdAt: "desc" },
  });
  return linkTokenOf(kind, link) ?? "";
}

const confirm = async (actor: Actor, side: Side) =>
  confirmByLink(await tokenOf(actor, side), reader);
const stateOf = async (token: string) => (await readConfirmable(token))?.state.kind;
const emailOf = async ({ session }: Actor) =>
  (await db.account.findUniqueOrThrow({ where: { id: session.accountId } })).email;
const kindsTo = async (recipient: string) =>
  (await db.mail.findMany({ where: { recipient }, orderBy: { createdAt: "asc" } })).map(
    ({ kind }) => kind,
  );

test.each([["old", "new"] as Side[], ["new", "old"] as Side[]])(
  "it takes both addresses: the %s one alone changes nothing",
  async (...sides) => {
    const [first = "old", second = "new"] = sides;
    const actor = await makeActor();
    const { email: oldEmail } = actor.session.account;
    const newEmail = freshAddress();
    expect(await ask(actor, newEmail)).toEqual({ kind: "asked", newEmail });
    expect(await kindsTo(oldEmail)).toEqual(["confirm-old-email"]);
    expect(await kindsTo(newEmail)).toEqual(["confirm-new-email"]);
    expect(await confirm(actor, first)).toEqual({ kind: "confirmed" });
    expect(await emailOf(actor)).toBe(oldEmail);
    expect((await readContactPage(actor.session)).change).toMatchObject({
      oldConfirmed: first === "old",
      newConfirmed: first === "new",
    });
    expect(await stateOf(await tokenOf(actor, first))).toBe("confirmed");
    expect(await confirm(actor, second)).toEqual({ kind: "confirmed" });
    expect(await emailOf(actor)).toBe(newEmail);
    expect((await readContactPage(actor.session)).change).toBeNull();
    expect(await kindsTo(oldEmail)).toEqual(["confirm-old-email", "email-changed"]);
    expect(await kindsTo(newEmail)).toEqual(["confirm-new-email", "email-changed"]);
  },
);

test("both confirmations at the same moment change it once, and are mailed once", async () => {
  const actor = await makeActor();
  const newEmail = freshAddress();
  await ask(actor, newEmail);
  const tokens = [await tokenOf(actor, "old"), await tokenOf(actor, "new")];
  await Promise.all([...tokens, ...tokens].map((token) => confirmByLink(token, reader)));
  expect(await emailOf(actor)).toBe(newEmail);
  expect((await kindsTo(newEmail)).filter((kind) => kind === "email-changed")).toHaveLength(1);
});

test("a stolen session alone cannot change it: the password is wrong, and the old mailbox is not theirs", async () => {
  const thief = await makeActor();
  const { email } = thief.session.account;
  const theirs = freshAddress();
  expect(await askEmailChange(thief, "guess", theirs)).toEqual({
    kind: "invalid",
    errors: { password: "passwordWrong" },
  });
  expect(await kindsTo(theirs)).toEqual([]);
  await ask(thief, theirs);
  await confirm(thief, "new");
  await confirm(thief, "new");
  expect(await emailOf(thief)).toBe(email);
});

test("after it was cancelled, no confirmation counts, and the page says so", async () => {
  const actor = await makeActor();
  const { email } = actor.session.account;
  await ask(actor, freshAddress());
  await confirm(actor, "old");
  expect(await cancelEmailChange(actor)).toEqual({ kind: "cancelled" });
  expect(await cancelEmailChange(actor)).toEqual({ kind: "nothing-open" });
  expect(await confirm(actor, "new")).toEqual({ kind: "over" });
  expect(await stateOf(await tokenOf(actor, "new"))).toBe("cancelled");
  expect(await emailOf(actor)).toBe(email);
  expect(await mailsOf(actor.session.accountId, "email-change-cancelled")).toHaveLength(1);
});

test("it lapses after 24 hours", async () => {
  const actor = await makeActor();
  const { email } = actor.session.account;
  await ask(actor, freshAddress());
  await confirm(actor, "old");
  laterHours(24);
  expect(await confirm(actor, "new")).toEqual({ kind: "over" });
  expect(await stateOf(await tokenOf(actor, "new"))).toBe("lapsed");
  expect(await emailOf(actor)).toBe(email);
  expect((await readContactPage(actor.session)).change).toBeNull();
});

test("a newer request replaces the one before, with what it had of confirmations", async () => {
  const actor = await makeActor();
  const first = freshAddress();
  await ask(actor, first);
  await confirm(actor, "old");
  const stale = await tokenOf(actor, "new");
  laterHours(0.1);
  const second = freshAddress();
  await ask(actor, second);
  expect(await confirmByLink(stale, reader)).toEqual({ kind: "over" });
  expect(await stateOf(stale)).toBe("superseded");
  await confirm(actor, "new");
  expect(await emailOf(actor)).toBe(actor.session.account.email);
  await confirm(actor, "old");
  expect(await emailOf(actor)).toBe(second);
});

test("a new password ends a change that waits", async () => {
  const actor = await makeActor();
  const { account } = actor.session;
  await ask(actor, freshAddress());
  await db.$transaction((tx) =>
    setPassword(tx, account, "hash", { kind: "link" }, actor.client, new Date()),
  );
  await confirm(actor, "old");
  await confirm(actor, "new");
  expect(await emailOf(actor)).toBe(account.email);
});

test("an address of another account reads the same, is notified at most once a day, and never completes", async () => {
  const owner = await makeActor();
  const actor = await makeActor();
  const taken = owner.session.account.email;
  expect(await ask(actor, taken)).toEqual({ kind: "asked", newEmail: taken });
  expect((await readContactPage(actor.session)).change).toMatchObject({ newEmail: taken });
  expect(await kindsTo(taken)).toEqual(["already-have-account"]);
  expect(await confirm(actor, "old")).toEqual({ kind: "confirmed" });
  laterHours(0.1);
  await ask(actor, taken);
  expect(await kindsTo(taken)).toEqual(["already-have-account"]);
  expect(await emailOf(actor)).toBe(actor.session.account.email);
});

test("an address that gets an account meanwhile is not taken from it", async () => {
  const actor = await makeActor();
  const newEmail = freshAddress();
  await ask(actor, newEmail);
  await confirm(actor, "old");
  const other = await makeActor();
  await db.account.update({ where: { id: other.session.accountId }, data: { email: newEmail } });
  expect(await confirm(actor, "new")).toEqual({ kind: "confirmed" });
  expect(await stateOf(await tokenOf(actor, "new"))).toBe("taken");
  expect(await emailOf(actor)).toBe(actor.session.account.email);
  expect(await emailOf(other)).toBe(newEmail);
});

test("two accounts that change to the same address at the same moment: one of them gets it", async () => {
  const newEmail = freshAddress();
  const actors = [await makeActor(), await makeActor()];
  for (const actor of actors) {
    await ask(actor, newEmail);
    await confirm(actor, "old");
  }
  await Promise.all(actors.map((actor) => confirm(actor, "new")));
  const emails = await Promise.all(actors.map(emailOf));
  expect(emails.filter((email) => email === newEmail)).toHaveLength(1);
});

test("the old address is kept free for 7 days: nobody signs up with it or changes to it", async () => {
  const actor = await makeActor();
  const oldEmail = actor.session.account.email;
  await ask(actor, freshAddress());
  await confirm(actor, "old");
  await confirm(actor, "new");
  const client = clientAt("192.0.2.45");
  const request = { email: oldEmail, locale: "en" as const, client, callbackPath: null };
  const person = { kind: "new" as const, name: "Mallory", password: actorsPassword };
  const signsUp = () => signUp({ ...request, browserId: newBrowser(), earlier: null, person });
  const before = (await kindsTo(oldEmail)).length;
  expect((await signsUp()).kind).toBe("code-asked");
  expect((await kindsTo(oldEmail)).slice(before)).toEqual(["already-have-account"]);
  laterHours(7 * 24 + 1);
  await signsUp();
  expect((await kindsTo(oldEmail)).at(-1)).toBe("sign-up-code");
});

test("further addresses are notified when a change is asked for, with their own way to stop it", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  await addFurther(accountId, "second@example.com");
  await ask(actor, freshAddress());
  const mails = await mailsOf(accountId, "email-change-asked");
  expect(mails.map(({ recipient }) => recipient)).toEqual(["second@example.com"]);
  expect(mails[0]?.notMeId).not.toBeNull();
});

test("a further address that becomes the contact e-mail is none any more", async () => {
  const actor = await makeActor();
  await addFurther(actor.session.accountId, "promoted@example.com");
  await ask(actor, "promoted@example.com");
  await confirm(actor, "old");
  await confirm(actor, "new");
  expect((await readContactPage(actor.session)).addresses).toEqual([]);
});

test("codes and reset links that were sent to the old address end", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const at = new Date();
  const expiresAt = new Date(at.getTime() + 600_000);
  await db.passwordReset.create({
    data: { id: randomUUID(), accountId, secretId: "x", createdAt: at, expiresAt },
  });
  await ask(actor, freshAddress());
  await confirm(actor, "old");
  await confirm(actor, "new");
  expect(await db.passwordReset.count({ where: { accountId, endedAt: null } })).toBe(0);
});

test.each([
  ["", "", { email: "emailMissing", password: "passwordMissing" }],
  ["nobody", "x", { email: "emailInvalid" }],
])("the form with %j and the password %j is refused", async (email, password, errors) => {
  const actor = await makeActor();
  expect(await askEmailChange(actor, password, email)).toEqual({ kind: "invalid", errors });
});

test("the address that is the contact e-mail already is refused", async () => {
  const actor = await makeActor();
  expect(await ask(actor, actor.session.account.email.toUpperCase())).toEqual({
    kind: "invalid",
    errors: { email: "emailSame" },
  });
});

test("an account can ask five times an hour", async () => {
  const actor = await makeActor();
  for (let asked = 0; asked < 5; asked += 1) {
    expect((await ask(actor, freshAddress())).kind).toBe("asked");
  }
  expect(await ask(actor, freshAddress())).toEqual({ kind: "too-often" });
  laterHours(1.1);
  expect((await ask(actor, freshAddress())).kind).toBe("asked");
});
