import { expect, test } from "vitest";
import type { Role } from "@/lib/account/roles";
import { lockStaff } from "@/lib/colleagues/store";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { confirmByLink } from "@/lib/contact/confirm";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { giveRole } from "@/lib/staff/give-role";
import { actorsPassword, makeActor } from "@/lib/testing/actors";
import { decideNow, makeCase } from "@/lib/testing/case-review";
import { testDatabase } from "@/lib/testing/database";
import { caseNow } from "@/lib/testing/drafts";
import { clientAt, freshAddress } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();

const reader = clientAt("192.0.2.200");

const give = (accountId: string, role: Role) =>
  inTransaction(async (tx) => {
    await lockSubject(tx, accountId);
    await lockStaff(tx);
    await giveRole(tx, accountId, role, new Date());
  });

const emailOf = async (id: string) => (await db.account.findUniqueOrThrow({ where: { id } })).email;

async function linkOf(accountId: string, purpose: "confirm-old-email" | "confirm-new-email") {
  const link = await db.accountLink.findFirstOrThrow({
    where: { accountId, purpose },
    orderBy: { createdAt: "desc" },
  });
  return linkTokenOf(purpose, link);
}

test("who becomes staff has their live cases reviewed anew, and no time runs; ended ones stay", async () => {
  const { accountId } = (await makeActor()).session;
  const [open, asked, approved, refused] = [
    await makeCase({ accountId }),
    await makeCase({ accountId, state: "needs-more" }),
    await makeCase({ accountId }),
    await makeCase({ accountId, state: "refused", endedAt: new Date() }),
  ];
  const others = await makeCase();
  const support = [await makeStaff("support"), await makeStaff("support")];
  for (const one of support) await decideNow(one, approved.id, "approve");
  await decideNow(support[0] ?? (await makeStaff("support")), open.id, "approve");
  expect((await caseNow(approved.id)).state).toBe("approved");
  await give(accountId, "support");
  const cooling = { approvedAt: null, remindAt: null, coolsUntil: null };
  expect(await caseNow(approved.id)).toMatchObject({ state: "open", round: 2, ...cooling });
  expect(await caseNow(open.id)).toMatchObject({ state: "open", round: 2 });
  expect(await caseNow(asked.id)).toMatchObject({ state: "needs-more", round: 2 });
  expect(await caseNow(refused.id)).toMatchObject({ state: "refused", round: 1 });
  expect(await caseNow(others.id)).toMatchObject({ state: "open", round: 1 });
});

test("who becomes staff cannot be undone from an old mailbox", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  const to = freshAddress();
  await askEmailChange(actor, actorsPassword, to);
  for (const purpose of ["confirm-old-email", "confirm-new-email"] as const) {
    await confirmByLink(await linkOf(accountId, purpose), reader);
  }
  const links = await db.accountLink.findMany({
    where: { accountId, purpose: "not-me", recipient: account.email, endedAt: null },
  });
  expect(links.length).toBeGreaterThan(0);
  await give(accountId, "admin");
  for (const link of links) {
    expect(await pressNotMe(linkTokenOf("not-me", link), reader)).toEqual({ kind: "over" });
  }
  expect(await emailOf(accountId)).toBe(to);
  expect(await db.emailChange.count({ where: { accountId, undoUntil: { not: null } } })).toBe(0);
});

test("a change of e-mail that waits ends with the new role", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  await askEmailChange(actor, actorsPassword, freshAddress());
  const tokens = [
    await linkOf(accountId, "confirm-old-email"),
    await linkOf(accountId, "confirm-new-email"),
  ];
  await give(accountId, "support");
  for (const token of tokens) await confirmByLink(token, reader);
  expect(await emailOf(accountId)).toBe(account.email);
});

test("another role among the staff begins no review anew, nor does leaving", async () => {
  const colleague = await makeStaff("support");
  const { accountId } = colleague.session;
  const { id } = await makeCase({ accountId });
  await askToWiden(colleague, actorsPassword, { kind: "trust-browser" });
  const open = { where: { accountId, purpose: "not-me", endedAt: null } };
  const links = await db.accountLink.count(open);
  expect(links).toBeGreaterThan(0);
  await give(accountId, "marketing");
  await give(accountId, "customer");
  expect((await caseNow(id)).round).toBe(1);
  expect(await db.accountLink.count(open)).toBe(links);
});
