import { afterEach, expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { carryOutCases } from "@/lib/cases/change/carry-out-cases";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { confirmByLink } from "@/lib/contact/confirm";
import { db } from "@/lib/db/client";
import { readNotMePage } from "@/lib/not-me/not-me-page";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { resetPassword } from "@/lib/recovery/reset-password";
import { sendResetLink } from "@/lib/recovery/send-reset-link";
import { codeOf } from "@/lib/secrets/code";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import {
  actorsPassword,
  addFurther,
  changeEmail,
  makeActor,
  signInFrom,
} from "@/lib/testing/actors";
import { kindsTo, makeApproved } from "@/lib/testing/case-review";
import { hoursAfter, laterHours, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, cookieOf, freshAddress, newBrowser, passwordProof } from "@/lib/testing/people";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

afterEach(async () => {
  await db.recoveryCase.deleteMany();
});

const accountOf = (id: string | null) => db.account.findUniqueOrThrow({ where: { id: id ?? "" } });
const reader = clientAt("192.0.2.200");

/** The link "that was not me" of the newest mail to an address. */
async function notMeTokenOf(recipient: string): Promise<string> {
  const link = await db.accountLink.findFirstOrThrow({
    where: { recipient, purpose: "not-me" },
    orderBy: { createdAt: "desc" },
  });
  return linkTokenOf("not-me", link) ?? "";
}

test("whoever was in is out: sessions, trusted browsers, pending codes, reset links", async () => {
  const thief = await makeActor({ codeProven: false });
  const { accountId, account } = thief.session;
  await askToWiden(await makeActor({ accountId }), actorsPassword, { kind: "trust-browser" });
  const pending = await signIn({
    accountId,
    proof: await passwordProof(accountId),
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
    client: clientAt("198.51.100.66"),
  });
  if (pending.kind !== "code-asked") throw new Error(`The sign-in was ${pending.kind}.`);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: pending.challengeId } });
  await askToWiden(thief, actorsPassword, { kind: "trust-browser" });
  await makeApproved({ accountId });
  laterHours(71.95);
  await db.challenge.updateMany({ where: { accountId }, data: { expiresAt: hoursAfter(73) } });
  await db.$transaction((tx) => sendResetLink(tx, account, reader, new Date()));
  const reset = await db.passwordReset.findFirstOrThrow({ where: { accountId } });
  laterHours(72);
  await carryOutCases();
  const open = { where: { accountId, endedAt: null } };
  expect(await db.session.count(open)).toBe(0);
  expect(await db.trustedBrowser.count(open)).toBe(0);
  expect(await db.challenge.count(open)).toBe(0);
  expect(await findLiveSession(thief.session.id)).toBeNull();
  const typed = codeOf(challenge) ?? "";
  const client = clientAt("198.51.100.66");
  const verified = await verifyCode({ typed, cookie: cookieOf(pending), shown: null, client });
  expect(verified.kind).not.toBe("entered");
  const token = linkTokenOf("password reset", reset);
  expect((await resetPassword(token, "another long passphrase", reader)).kind).not.toBe("changed");
});

test("further addresses go, confirmed or not, and those that were confirmed are notified", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const second = freshAddress();
  await addFurther(accountId, second);
  await askToWiden(actor, actorsPassword, { kind: "add-address", email: "third@example.com" });
  await makeApproved({ accountId });
  laterHours(72);
  await carryOutCases();
  expect(await db.furtherAddress.count({ where: { accountId } })).toBe(0);
  expect((await kindsTo(second)).at(-1)).toBe("case-changed");
  expect(await kindsTo("third@example.com")).toEqual(["confirm-address"]);
  const link = await db.accountLink.findFirstOrThrow({
    where: { accountId, purpose: "confirm-address" },
  });
  await confirmByLink(linkTokenOf("confirm-address", link), reader);
  expect(await db.furtherAddress.count({ where: { accountId } })).toBe(0);
});

test("a further address that becomes the contact e-mail is notified as who asked, not as an old one", async () => {
  const { accountId } = (await makeActor()).session;
  const own = freshAddress();
  await addFurther(accountId, own);
  await makeApproved({ accountId, newEmail: own });
  laterHours(72);
  await carryOutCases();
  expect((await accountOf(accountId)).email).toBe(own);
  const kinds = await kindsTo(own);
  expect(kinds.sort()).toEqual(["case-approved", "case-done", "password-reset"]);
});

test("a change of e-mail that waits ends, so that the old mailbox cannot complete it", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const { newEmail } = await makeApproved({ accountId });
  laterHours(71);
  await askEmailChange(actor, actorsPassword, freshAddress());
  laterHours(72);
  await carryOutCases();
  const links = await db.accountLink.findMany({
    where: { accountId, purpose: { in: ["confirm-old-email", "confirm-new-email"] } },
  });
  expect(links).toHaveLength(2);
  for (const link of links) {
    const purpose = link.purpose === "confirm-old-email" ? link.purpose : "confirm-new-email";
    await confirmByLink(linkTokenOf(purpose, link), reader);
  }
  expect((await accountOf(accountId)).email).toBe(newEmail);
});

test("links 'that was not me' of the old mailboxes are dead after the change, and lock nobody out", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  await askToWiden(actor, actorsPassword, { kind: "trust-browser" });
  const { newEmail } = await makeApproved({ accountId });
  laterHours(71);
  const again = await makeActor({ accountId, ip: "198.51.100.9" });
  await askToWiden(again, actorsPassword, { kind: "trust-browser" });
  const token = await notMeTokenOf(account.email);
  expect((await readNotMePage(token)).kind).toBe("live");
  laterHours(72);
  await carryOutCases();
  expect((await readNotMePage(token)).kind).toBe("used");
  expect(await pressNotMe(token, reader)).toEqual({ kind: "over" });
  const because = { passwordOffBecause: "case", passwordOffAt: hoursAfter(72) };
  expect(await accountOf(accountId)).toMatchObject({ email: newEmail, ...because });
});

test("a change of e-mail that was done before can no longer be undone from the mailbox before it", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  const between = freshAddress();
  await changeEmail(actor, between);
  const token = await notMeTokenOf(account.email);
  const { newEmail } = await makeApproved({ accountId });
  laterHours(72);
  expect((await readNotMePage(token)).kind).toBe("live");
  await carryOutCases();
  expect(await pressNotMe(token, reader)).toEqual({ kind: "over" });
  expect((await accountOf(accountId)).email).toBe(newEmail);
  expect(await db.emailChange.count({ where: { accountId, undoUntil: { not: null } } })).toBe(0);
});

test("the account may get back the address that is kept free for itself", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  await changeEmail(actor, freshAddress());
  await makeApproved({ accountId, newEmail: account.email });
  laterHours(72);
  await carryOutCases();
  expect((await accountOf(accountId)).email).toBe(account.email);
});

test("who has the old mailbox and the password is out: also at home, and no code comes", async () => {
  const { accountId, account } = (await makeActor({ trusted: ["203.0.113.7"] })).session;
  const { newEmail } = await makeApproved({ accountId });
  laterHours(72);
  await carryOutCases();
  const before = [await kindsTo(account.email), await kindsTo(newEmail)];
  for (const ip of ["203.0.113.7", "198.51.100.77"]) {
    const tried = await signInFrom(accountId, ip);
    expect(tried).toMatchObject({ kind: "password-off", because: "case" });
  }
  expect([await kindsTo(account.email), await kindsTo(newEmail)]).toEqual(before);
});

test("the mailed link sets a new password, and then the new mailbox has its code everywhere", async () => {
  const { accountId, account } = (await makeActor({ trusted: ["203.0.113.7"] })).session;
  const { newEmail } = await makeApproved({ accountId });
  laterHours(72);
  await carryOutCases();
  const mail = await db.mail.findFirstOrThrow({ where: { accountId, kind: "password-reset" } });
  expect(mail).toMatchObject({ recipient: newEmail, facts: { ip: "198.51.100.20" } });
  const reset = await db.passwordReset.findUniqueOrThrow({ where: { id: mail.linkRowId ?? "" } });
  const token = linkTokenOf("password reset", reset);
  const fresh = "another long passphrase";
  expect((await resetPassword(token, fresh, reader)).kind).toBe("changed");
  const before = await kindsTo(account.email);
  laterHours(72.1);
  expect((await signInFrom(accountId, "203.0.113.7")).kind).toBe("code-asked");
  expect(await kindsTo(account.email)).toEqual(before);
  expect((await kindsTo(newEmail)).at(-1)).toBe("sign-in-code");
});

test("what a thief with the old mailbox could have set is gone: places, browsers, phone, PIN, closing", async () => {
  const { accountId } = (await makeActor({ trusted: ["203.0.113.7", "192.0.2.9"] })).session;
  const seen = { browserId: newBrowser(), network: "192.0.2.9/32" };
  await db.seenBrowser.create({
    data: { accountId, ...seen, firstSeenAt: start, lastSeenAt: start },
  });
  await makeApproved({ accountId });
  const { supportPinUses } = await db.account.update({
    where: { id: accountId },
    data: { phone: "+351215550100", closeAskedAt: start, closesAt: hoursAfter(300) },
  });
  laterHours(72);
  await carryOutCases();
  expect(await db.trustedPlace.count({ where: { accountId } })).toBe(0);
  expect(await db.seenBrowser.count({ where: { accountId } })).toBe(0);
  const kept = { phone: null, supportPinUses: supportPinUses + 1, closesAt: null };
  expect(await accountOf(accountId)).toMatchObject(kept);
});
