import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { closeAccount } from "@/lib/closing/close-account";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { confirmByLink } from "@/lib/contact/confirm";
import { db } from "@/lib/db/client";
import { readNotMePage } from "@/lib/not-me/not-me-page";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { actorsPassword, changeEmail, mailsOf, makeActor } from "@/lib/testing/actors";
import { accountOf, breakIn, owner, placesOf, thiefsIp, tokenIn } from "@/lib/testing/break-in";
import { laterHours, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { clientAt } from "@/lib/testing/people";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

test("a place or range that was added by hand is removed", async () => {
  const victim = await makeActor();
  await askToWiden(victim, actorsPassword, {
    kind: "add-place",
    network: "192.0.2.0/24",
    name: null,
  });
  await pressNotMe(await tokenIn(victim, "place-added"), owner);
  expect(await placesOf(victim)).toEqual([]);
});

test("an address that was added is removed, and is not notified of what followed", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  const theirs = `${randomUUID()}@example.com`;
  await askToWiden(victim, actorsPassword, { kind: "add-address", email: theirs });
  const asked = await db.accountLink.findFirstOrThrow({
    where: { accountId, purpose: "confirm-address" },
  });
  await confirmByLink(linkTokenOf("confirm-address", asked), clientAt(thiefsIp));
  await pressNotMe(await tokenIn(victim, "address-added", victim.session.account.email), owner);
  expect(await db.furtherAddress.count({ where: { accountId } })).toBe(0);
  const sent = await mailsOf(accountId, "account-secured");
  expect(sent.map(({ recipient }) => recipient)).not.toContain(theirs);
});

test("a changed contact e-mail is undone from the old address, which gets the reset link", async () => {
  const victim = await makeActor();
  const { accountId, account } = victim.session;
  const theirs = `${randomUUID()}@example.com`;
  await changeEmail(victim, theirs, clientAt(thiefsIp));
  expect((await accountOf(victim)).email).toBe(theirs);
  const token = await tokenIn(victim, "email-changed", account.email);
  expect(await readNotMePage(token)).toMatchObject({ undo: "email-change" });
  expect((await pressNotMe(token, owner)).kind).toBe("secured");
  expect((await accountOf(victim)).email).toBe(account.email);
  const resets = await mailsOf(accountId, "password-reset");
  expect(resets.map(({ recipient }) => recipient)).toEqual([account.email]);
});

test("the mail that asked the old address to confirm undoes the change too, once it is done", async () => {
  const victim = await makeActor();
  await changeEmail(victim, `${randomUUID()}@example.com`, clientAt(thiefsIp));
  const token = await tokenIn(victim, "confirm-old-email");
  expect((await pressNotMe(token, owner)).kind).toBe("secured");
  expect((await accountOf(victim)).email).toBe(victim.session.account.email);
});

test("after 7 days the old address undoes it no more", async () => {
  const victim = await makeActor();
  const theirs = `${randomUUID()}@example.com`;
  await changeEmail(victim, theirs, clientAt(thiefsIp));
  const token = await tokenIn(victim, "email-changed", victim.session.account.email);
  laterHours(7 * 24 + 1);
  expect((await pressNotMe(token, owner)).kind).toBe("over");
  expect((await accountOf(victim)).email).toBe(theirs);
});

test("the link mailed to the new address undoes nothing, and does not use the old owner's up", async () => {
  const victim = await makeActor();
  const { account } = victim.session;
  const theirs = `${randomUUID()}@example.com`;
  await changeEmail(victim, theirs, clientAt(thiefsIp));
  const own = await tokenIn(victim, "email-changed", account.email);
  const thiefs = await tokenIn(victim, "email-changed", theirs);
  expect(await readNotMePage(thiefs)).toMatchObject({ undo: null });
  expect((await pressNotMe(thiefs, clientAt(thiefsIp))).kind).toBe("secured");
  expect((await accountOf(victim)).email).toBe(theirs);
  laterHours(1);
  expect((await pressNotMe(own, owner)).kind).toBe("secured");
  expect((await accountOf(victim)).email).toBe(account.email);
});

test("changed twice, the first address undoes both, and the one in between cannot come back", async () => {
  const victim = await makeActor();
  const { accountId, account } = victim.session;
  const [between, last] = [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`];
  await changeEmail(victim, between, clientAt(thiefsIp));
  const own = await tokenIn(victim, "email-changed", account.email);
  laterHours(1);
  await changeEmail(await makeActor({ accountId }), last);
  const thiefs = await tokenIn(victim, "email-changed", between);
  expect((await accountOf(victim)).email).toBe(last);
  laterHours(2);
  expect((await pressNotMe(own, owner)).kind).toBe("secured");
  expect((await accountOf(victim)).email).toBe(account.email);
  laterHours(3);
  await pressNotMe(thiefs, clientAt(thiefsIp));
  expect((await accountOf(victim)).email).toBe(account.email);
});

test("pressed by the address in between first, the first address still gets the account back", async () => {
  const victim = await makeActor();
  const { accountId, account } = victim.session;
  const [between, last] = [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`];
  await changeEmail(victim, between, clientAt(thiefsIp));
  const own = await tokenIn(victim, "email-changed", account.email);
  laterHours(1);
  await changeEmail(await makeActor({ accountId }), last);
  await pressNotMe(await tokenIn(victim, "email-changed", between), clientAt(thiefsIp));
  expect((await accountOf(victim)).email).toBe(between);
  laterHours(2);
  expect((await pressNotMe(own, owner)).kind).toBe("secured");
  expect((await accountOf(victim)).email).toBe(account.email);
});

test("a change of e-mail that waits is cancelled, whatever the mail was about", async () => {
  const victim = await makeActor();
  await breakIn(victim);
  await askEmailChange(victim, actorsPassword, `${randomUUID()}@example.com`);
  await pressNotMe(await tokenIn(victim, "place-trusted"), owner);
  const { accountId } = victim.session;
  expect(await db.emailChange.findMany({ where: { accountId } })).toMatchObject([
    { endedBecause: "not-me" },
  ]);
});

test("the mail that asks the old address to confirm a change has the link too, and it ends the change", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  await askEmailChange(victim, actorsPassword, `${randomUUID()}@example.com`);
  const token = await tokenIn(victim, "confirm-old-email");
  expect((await pressNotMe(token, owner)).kind).toBe("secured");
  const link = await db.accountLink.findFirstOrThrow({
    where: { accountId, purpose: "confirm-new-email" },
  });
  expect(link.recipient).not.toBe(victim.session.account.email);
  const asked = await db.mail.findFirstOrThrow({ where: { accountId, kind: "confirm-new-email" } });
  expect(asked.notMeId).toBeNull();
  await confirmByLink(linkTokenOf("confirm-new-email", link), owner);
  expect((await accountOf(victim)).email).toBe(victim.session.account.email);
});

test("a closing is taken back", async () => {
  const victim = await makeActor();
  await closeAccount(victim, actorsPassword);
  await pressNotMe(await tokenIn(victim, "closing-asked"), owner);
  expect(await accountOf(victim)).toMatchObject({ closesAt: null, closeAskedAt: null });
});

test("reset links that were open before end: only the new one works", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  await breakIn(victim);
  const key = { id: randomUUID(), secretId: "x" };
  const expiresAt = new Date(start.getTime() + 3_600_000);
  await db.passwordReset.create({ data: { ...key, accountId, createdAt: start, expiresAt } });
  await pressNotMe(await tokenIn(victim, "place-trusted"), owner);
  const open = await db.passwordReset.findMany({ where: { accountId, endedAt: null } });
  expect(open).toHaveLength(1);
  expect(open[0]?.id).not.toBe(key.id);
});
