import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { linkTokenOf } from "@/lib/auth/link-token";
import { findLiveSession } from "@/lib/auth/session-store";
import { carryOutCases, remindOwners } from "@/lib/cases/carry-out-cases";
import {
  auditOf,
  caseNow,
  closeAccountOf,
  decideNow,
  freshAddress,
  kindsTo,
  makeCase,
  queueUp,
} from "@/lib/cases/review-for-tests";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { confirmByLink } from "@/lib/contact/confirm";
import { db } from "@/lib/db";
import { readNotMePage } from "@/lib/not-me/not-me-page";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { resetPassword } from "@/lib/recovery/reset-password";
import { sendResetLink } from "@/lib/recovery/send-reset-link";
import { codeOf } from "@/lib/sign-in/code";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { signUp } from "@/lib/sign-up/sign-up";
import { activitiesOf, actorsPassword, addFurther, makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, cookieOf, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();

const start = new Date("2026-11-22T12:00:00Z");
const hoursAfter = (hours: number) => new Date(start.getTime() + hours * 3_600_000);
const laterHours = (hours: number) => vi.setSystemTime(hoursAfter(hours));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  laterHours(0);
});
afterEach(async () => {
  vi.useRealTimers();
  await db.recoveryCase.deleteMany();
});

const accountOf = (id: string | null) => db.account.findUniqueOrThrow({ where: { id: id ?? "" } });
const reader = clientAt("192.0.2.200");

/** What waits to be sent to the owners of cases is sent. */
const sendWord = () =>
  db.mail.updateMany({
    where: { kind: { in: ["case-will-change", "case-reminder"] } },
    data: { state: "sent" },
  });

/** A case that is agreed to now, and of which the owner is told: due in 72 hours. */
async function makeApproved(data: Parameters<typeof makeCase>[0] = {}) {
  const { id } = await makeCase(data);
  await decideNow(await makeStaff("support"), id, "approve");
  await decideNow(await makeStaff("support"), id, "approve");
  await sendWord();
  const found = await caseNow(id);
  return { ...found, accountId: found.accountId ?? "", newEmail: found.newEmail ?? "" };
}

/** The link "that was not me" of the newest mail to an address. */
async function notMeTokenOf(recipient: string): Promise<string> {
  const link = await db.accountLink.findFirstOrThrow({
    where: { recipient, purpose: "not-me" },
    orderBy: { createdAt: "desc" },
  });
  return linkTokenOf("not-me", link) ?? "";
}

/** Changes the contact e-mail of an actor as they do themselves: both addresses confirm. */
async function changeEmail(actor: Awaited<ReturnType<typeof makeActor>>, newEmail: string) {
  await askEmailChange(actor, actorsPassword, newEmail);
  for (const purpose of ["confirm-old-email", "confirm-new-email"] as const) {
    const link = await db.accountLink.findFirstOrThrow({
      where: { accountId: actor.session.accountId, purpose, endedAt: null },
      orderBy: { createdAt: "desc" },
    });
    await confirmByLink(linkTokenOf(purpose, link), reader);
  }
}

test("nothing changes before the cooling time is over, and then once", async () => {
  const { id, accountId, accountEmail, newEmail } = await makeApproved();
  laterHours(71.9);
  await carryOutCases();
  expect((await accountOf(accountId)).email).toBe(accountEmail);
  laterHours(72);
  await queueUp(accountId, [carryOutCases, carryOutCases, carryOutCases]);
  await carryOutCases();
  expect((await accountOf(accountId)).email).toBe(newEmail);
  expect(await caseNow(id)).toMatchObject({ state: "done", endedAt: hoursAfter(72) });
  const told = await kindsTo(newEmail);
  expect(told.sort()).toEqual(["case-approved", "case-done", "password-reset"]);
  expect(await kindsTo(accountEmail)).toEqual(["case-will-change", "case-changed"]);
  const kinds = (await activitiesOf(accountId)).map(({ kind }) => kind);
  expect(kinds).toEqual(["case-approved", "email-recovered"]);
  const entries = (await auditOf(id)).filter(({ action }) => action === "case-carried-out");
  expect(entries).toMatchObject([{ actorId: null, actor: "command", role: "operator" }]);
});

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

test("further addresses go, confirmed or not, and those that were confirmed are told", async () => {
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

test("a further address that becomes the contact e-mail is told as who asked, not as an old one", async () => {
  const { accountId } = (await makeActor()).session;
  const own = freshAddress();
  await addFurther(accountId, own);
  await makeApproved({ accountId, newEmail: own });
  laterHours(72);
  await carryOutCases();
  expect((await accountOf(accountId)).email).toBe(own);
  const told = await kindsTo(own);
  expect(told.sort()).toEqual(["case-approved", "case-done", "password-reset"]);
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

test("an address that got an account during the cooling time ends the case, and nothing changes", async () => {
  const { id, accountId, accountEmail, newEmail } = await makeApproved();
  await makeAccount({ email: newEmail });
  laterHours(72);
  await Promise.all([carryOutCases(), carryOutCases()]);
  expect(await caseNow(id)).toMatchObject({ state: "taken", endedAt: hoursAfter(72) });
  expect((await accountOf(accountId)).email).toBe(accountEmail);
  expect(await kindsTo(newEmail)).toEqual(["case-approved", "case-stopped"]);
  expect(await kindsTo(accountEmail)).toEqual(["case-will-change", "case-ended"]);
  expect((await activitiesOf(accountId)).at(-1)?.kind).toBe("case-ended");
  expect((await auditOf(id)).map(({ action }) => action)).not.toContain("case-carried-out");
});

test("signing up with the new address in that very moment: one of them has it, never both", async () => {
  const { id, accountId, newEmail } = await makeApproved();
  laterHours(72);
  const asked = await signUp({
    email: newEmail,
    locale: "en",
    client: reader,
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
    person: { kind: "new", name: "Mallory", password: actorsPassword },
  });
  if (asked.kind !== "code-asked") throw new Error(`The sign-up was ${asked.kind}.`);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const typed = codeOf(challenge) ?? "";
  await Promise.all([
    carryOutCases(),
    verifyCode({ typed, cookie: cookieOf(asked), shown: null, client: reader }),
  ]);
  const holder = await db.account.findUniqueOrThrow({ where: { email: newEmail } });
  expect((await caseNow(id)).state).toBe(holder.id === accountId ? "done" : "taken");
});

test("other live cases of the account end, and who asked is told; ended ones and drafts stay", async () => {
  const { accountId } = (await makeActor()).session;
  const open = await makeCase({ accountId });
  const waits = await makeCase({ accountId, state: "needs-more" });
  const refused = await makeCase({ accountId, state: "refused", endedAt: start });
  const draft = await makeCase({ accountId, state: "draft", sentAt: null });
  const approved = await makeApproved({ accountId });
  const second = await makeApproved({ accountId });
  const others = await makeCase();
  laterHours(72);
  await Promise.all([carryOutCases(), carryOutCases()]);
  const states = async (...cases: { id: string }[]) =>
    Promise.all(cases.map(async ({ id }) => (await caseNow(id)).state));
  expect(await states(open, waits, refused, draft, others)).toEqual([
    "superseded",
    "superseded",
    "refused",
    "draft",
    "open",
  ]);
  expect((await states(approved, second)).sort()).toEqual(["done", "superseded"]);
  expect(await kindsTo(open.newEmail)).toEqual(["case-stopped"]);
  expect(await kindsTo(waits.newEmail)).toEqual(["case-stopped"]);
  expect(await kindsTo(refused.newEmail)).toEqual([]);
});

test("two accounts that ask for the same address: the first has it, the other one ends", async () => {
  const newEmail = freshAddress();
  const [one, other] = [await makeApproved({ newEmail }), await makeApproved({ newEmail })];
  laterHours(72);
  await Promise.all([carryOutCases(), carryOutCases()]);
  const states = [(await caseNow(one.id)).state, (await caseNow(other.id)).state];
  expect(states.sort()).toEqual(["done", "taken"]);
});

test.each(["open", "refused", "withdrawn"])(
  "a case that is %s by the end of its cooling time is not carried out",
  async (state) => {
    const { id, accountId, accountEmail } = await makeApproved();
    await db.recoveryCase.update({ where: { id }, data: { state } });
    laterHours(73);
    await remindOwners();
    await carryOutCases();
    expect((await accountOf(accountId)).email).toBe(accountEmail);
    expect((await caseNow(id)).state).toBe(state);
  },
);

test("a case that was stopped and approved anew while its change waited for its turn runs its new time", async () => {
  const { id, accountId, accountEmail } = await makeApproved();
  laterHours(72);
  const anew = { coolsUntil: hoursAfter(144) };
  await queueUp(accountId, [carryOutCases], (tx) =>
    tx.recoveryCase.update({ where: { id }, data: anew }),
  );
  expect((await caseNow(id)).state).toBe("approved");
  expect((await accountOf(accountId)).email).toBe(accountEmail);
});

test("a refusal in the very moment of the change: exactly one of them", async () => {
  const { id, accountId, accountEmail, newEmail } = await makeApproved();
  laterHours(72);
  const late = await makeStaff("support");
  const [outcome] = await Promise.all([decideNow(late, id, "refuse"), carryOutCases()]);
  const { state } = await caseNow(id);
  expect(state).toBe(outcome.kind === "refused" ? "refused" : "done");
  const { email } = await accountOf(accountId);
  expect(email).toBe(state === "done" ? newEmail : accountEmail);
});

test("an account that was closed during the cooling time: the others are carried out", async () => {
  const closed = await makeApproved();
  const kept = await makeApproved();
  await closeAccountOf(closed);
  laterHours(36);
  await remindOwners();
  await sendWord();
  laterHours(72);
  await carryOutCases();
  expect((await caseNow(kept.id)).state).toBe("done");
  expect((await kindsTo(closed.newEmail)).at(-1)).toBe("case-stopped");
  expect(await kindsTo(closed.accountEmail)).not.toContain("case-changed");
});

test("an account that is to be erased in the very moment of the change: erased, or changed and kept", async () => {
  const approved = await makeApproved();
  laterHours(72);
  await Promise.all([closeAccountOf(approved), carryOutCases()]);
  const left = await db.account.findUnique({ where: { id: approved.accountId } });
  const { state } = await caseNow(approved.id);
  expect(left?.email ?? null).toBe(state === "done" ? approved.newEmail : null);
  expect(left?.closesAt ?? null).toBeNull();
  await carryOutCases();
});

test("a case that cannot be carried out holds up no other, and is tried again", async () => {
  const broken = await makeApproved();
  laterHours(1);
  const whole = await makeApproved();
  await db.$executeRaw`
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'away'; END $$`;
  await db.$executeRawUnsafe(`
    CREATE TRIGGER refuse_change BEFORE UPDATE ON account FOR EACH ROW
      WHEN (OLD.id = '${broken.accountId}' AND NEW.email <> OLD.email)
      EXECUTE FUNCTION refuse_change()`);
  laterHours(74);
  await carryOutCases();
  expect((await caseNow(whole.id)).state).toBe("done");
  expect(await caseNow(broken.id)).toMatchObject({ state: "approved", endedAt: null });
  const open = { accountId: broken.accountId, endedAt: null };
  expect(await db.session.count({ where: open })).toBe(1);
  expect(await kindsTo(broken.newEmail)).toEqual(["case-approved"]);
  await db.$executeRaw`DROP TRIGGER refuse_change ON account`;
  await carryOutCases();
  expect((await caseNow(broken.id)).state).toBe("done");
});

test("the old addresses are reminded once, halfway, each with a link to object", async () => {
  const { accountId, account } = (await makeActor()).session;
  const second = freshAddress();
  await addFurther(accountId, second);
  const { id, newEmail, coolsUntil } = await makeApproved({ accountId });
  laterHours(35.9);
  await remindOwners();
  expect((await caseNow(id)).remindedAt).toBeNull();
  laterHours(36);
  await queueUp(accountId, [remindOwners, remindOwners, remindOwners]);
  laterHours(40);
  await remindOwners();
  expect(await caseNow(id)).toMatchObject({ state: "approved", remindedAt: hoursAfter(36) });
  for (const recipient of [account.email, second]) {
    expect(await kindsTo(recipient)).toEqual(["case-will-change", "case-reminder"]);
    const mail = await db.mail.findFirstOrThrow({ where: { recipient, kind: "case-reminder" } });
    expect(mail).toMatchObject({ facts: { until: coolsUntil?.toISOString() } });
    const link = await db.accountLink.findUniqueOrThrow({ where: { id: mail.linkId ?? "" } });
    expect(link).toMatchObject({ purpose: "object-case", targetId: id, endedAt: null });
  }
  expect(await kindsTo(newEmail)).toEqual(["case-approved"]);
});

test("nobody is reminded of what is already due", async () => {
  const { accountEmail } = await makeApproved();
  laterHours(72);
  await remindOwners();
  await carryOutCases();
  expect(await kindsTo(accountEmail)).toEqual(["case-will-change", "case-changed"]);
});

test("approved anew after an objection, the old addresses are reminded anew", async () => {
  const { id, accountEmail } = await makeApproved();
  laterHours(36);
  await remindOwners();
  const objection = {
    state: "open",
    objectedAt: hoursAfter(37),
    objectedBy: accountEmail,
    round: 2,
  };
  await db.recoveryCase.update({ where: { id }, data: objection });
  laterHours(40);
  await decideNow(await makeStaff("support"), id, "approve");
  await decideNow(await makeStaff("support"), id, "approve");
  await sendWord();
  laterHours(73);
  await carryOutCases();
  expect((await caseNow(id)).state).toBe("approved");
  laterHours(76);
  await remindOwners();
  expect((await kindsTo(accountEmail)).filter((kind) => kind === "case-reminder")).toHaveLength(2);
  await sendWord();
  laterHours(112);
  await carryOutCases();
  expect((await caseNow(id)).state).toBe("done");
});

/** The password that was proven, typed at a place and in a browser of its own. */
const signInAt = async (accountId: string, ip: string) =>
  signIn({
    accountId,
    proof: await passwordProof(accountId),
    browserId: randomUUID(),
    callbackPath: null,
    earlier: null,
    client: clientAt(ip),
  });

test("who has the old mailbox and the password is out: also at home, and no code comes", async () => {
  const { accountId, account } = (await makeActor({ trusted: ["203.0.113.7"] })).session;
  const { newEmail } = await makeApproved({ accountId });
  laterHours(72);
  await carryOutCases();
  const before = [await kindsTo(account.email), await kindsTo(newEmail)];
  for (const ip of ["203.0.113.7", "198.51.100.77"]) {
    const tried = await signInAt(accountId, ip);
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
  const reset = await db.passwordReset.findUniqueOrThrow({ where: { id: mail.resetId ?? "" } });
  const token = linkTokenOf("password reset", reset);
  const fresh = "another long passphrase";
  expect((await resetPassword(token, fresh, reader)).kind).toBe("changed");
  const before = await kindsTo(account.email);
  laterHours(72.1);
  expect((await signInAt(accountId, "203.0.113.7")).kind).toBe("code-asked");
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
