import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { acceptInvitation } from "@/lib/staff/accept-invitation";
import { readInvitationPage } from "@/lib/staff/invitation-page";
import { joinByInvitation } from "@/lib/staff/join-by-invitation";
import { changeEmail, makeActor } from "@/lib/testing/actors";
import { hoursAfter, laterHours, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { invited, tokenFor } from "@/lib/testing/invitations";
import { accountOf, newcomer, reader, roleOf } from "@/lib/testing/joining";
import { freshAddress, makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();
stoppedClock();

test("an invitation is for its address: the account that left it gets no role, nor does anybody else", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  const token = await invited(account.email, "admin");
  const to = freshAddress();
  await changeEmail(actor, to);
  expect((await accountOf({ id: accountId }))?.email).toBe(to);
  expect(await readInvitationPage(token)).toEqual({
    kind: "address-kept",
    until: expect.any(Date),
  });
  expect(await acceptInvitation(token, reader)).toEqual({ kind: "over" });
  // The old address may still undo the change: a newcomer there would be in its way.
  expect(await joinByInvitation(token, newcomer, reader)).toEqual({ kind: "over" });
  expect(await roleOf(accountId)).toBe("customer");
  expect(await accountOf({ email: account.email })).toBeNull();
});

test("a link works for 72 hours", async () => {
  const { id, email } = await makeAccount();
  const token = await invited(email);
  laterHours(71.9);
  expect((await readInvitationPage(token)).kind).toBe("for-account");
  laterHours(72);
  const until = hoursAfter(72);
  expect(await readInvitationPage(token)).toEqual({ kind: "expired", until });
  expect(await acceptInvitation(token, reader)).toEqual({ kind: "over" });
  expect(await joinByInvitation(token, newcomer, reader)).toEqual({ kind: "over" });
  expect(await roleOf(id)).toBe("customer");
});

test("a withdrawn or replaced link gives no role", async () => {
  const { id, email } = await makeAccount();
  const first = await invited(email, "admin");
  const second = await invited(email, "support");
  expect(await acceptInvitation(first, reader)).toEqual({ kind: "over" });
  await db.staffInvitation.updateMany({
    where: { email, endedAt: null },
    data: { endedAt: start, endedBecause: "withdrawn" },
  });
  expect(await acceptInvitation(second, reader)).toEqual({ kind: "over" });
  expect(await roleOf(id)).toBe("customer");
});

test("the invitations of an admin who is one no more open nothing", async () => {
  const former = await makeStaff("admin");
  const [customer, email] = [await makeAccount(), freshAddress()];
  const tokens = [
    await invited(customer.email, "admin", former),
    await invited(email, "admin", former),
  ];
  await db.account.update({ where: { id: former.session.accountId }, data: { role: "support" } });
  for (const token of tokens) {
    expect(await readInvitationPage(token)).toEqual({ kind: "withdrawn", until: expect.any(Date) });
    expect(await acceptInvitation(token, reader)).toEqual({ kind: "over" });
    expect(await joinByInvitation(token, newcomer, reader)).toEqual({ kind: "over" });
  }
  expect(await roleOf(customer.id)).toBe("customer");
});

test("an older invitation takes no role away that was given since", async () => {
  const { id, email } = await makeAccount();
  const token = await invited(email, "marketing");
  await db.account.update({ where: { id }, data: { role: "admin" } });
  expect(await readInvitationPage(token)).toEqual({
    kind: "already-staff",
    until: expect.any(Date),
  });
  expect(await acceptInvitation(token, reader)).toEqual({ kind: "over" });
  expect(await roleOf(id)).toBe("admin");
});

test("forged tokens, and tokens for something else, do nothing", async () => {
  const { id, email } = await makeAccount();
  await invited(email, "admin");
  const invitation = await db.staffInvitation.findFirstOrThrow({ where: { email } });
  const right = await tokenFor(email);
  const forged = [
    linkTokenOf("not-me", invitation),
    linkTokenOf("case", invitation),
    linkTokenOf("staff-invitation", { ...invitation, id: randomUUID() }),
    `${right.slice(0, -1)}${right.endsWith("A") ? "B" : "A"}`,
    right.toLowerCase(),
    invitation.id,
    "A".repeat(64),
    "",
    "\u0000",
    "x".repeat(100_000),
    null,
  ];
  for (const token of forged) {
    expect(await readInvitationPage(token)).toEqual({ kind: "dead" });
    expect(await acceptInvitation(token, reader)).toEqual({ kind: "over" });
    expect(await joinByInvitation(token, newcomer, reader)).toEqual({ kind: "over" });
  }
  expect(await roleOf(id)).toBe("customer");
});
