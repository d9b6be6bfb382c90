import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { linkTokenOf } from "@/lib/auth/link-token";
import { findLiveSession } from "@/lib/auth/session-store";
import { closeAccount } from "@/lib/closing/close-account";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { confirmByLink } from "@/lib/contact/confirm";
import { db } from "@/lib/db";
import { readNotMePage } from "@/lib/not-me/not-me-page";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { resetPassword } from "@/lib/recovery/reset-password";
import { codeOf } from "@/lib/sign-in/code";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { activitiesOf, actorsPassword, addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { laterHours, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, cookieOf, newBrowser, passwordProof } from "@/lib/testing/people";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

type Actor = Awaited<ReturnType<typeof makeActor>>;

const home = "203.0.113.7";
const thiefsIp = "198.51.100.66";
const owner = clientAt("192.0.2.200");

/** The link of the newest mail of a kind, to one recipient or any. */
async function tokenIn({ session }: Actor, kind: string, recipient?: string): Promise<string> {
  const mail = await db.mail.findFirstOrThrow({
    where: { accountId: session.accountId, kind, recipient },
    orderBy: { createdAt: "desc" },
  });
  const link = await db.accountLink.findUniqueOrThrow({ where: { id: mail.notMeId ?? "" } });
  return linkTokenOf("not-me", link) ?? "";
}

async function signInFrom(accountId: string, ip: string, browserId = newBrowser()) {
  const proof = await passwordProof(accountId);
  const common = { accountId, proof, browserId, callbackPath: null, earlier: null };
  return signIn({ ...common, client: clientAt(ip) });
}

/** Somebody with password and mailbox gets in from their own place, which is trusted by that. */
async function breakIn({ session }: Actor) {
  const { accountId } = session;
  const asked = await signInFrom(accountId, thiefsIp);
  if (asked.kind !== "code-asked") throw new Error(`The sign-in was ${asked.kind}.`);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const client = clientAt(thiefsIp);
  const typed = codeOf(challenge) ?? "";
  await verifyCode({ typed, cookie: cookieOf(asked), shown: null, client });
  await db.session.updateMany({ where: { accountId }, data: { ticketHash: null } });
  laterHours(0.01);
  return makeActor({ accountId, ip: thiefsIp });
}

const accountOf = ({ session }: Actor) =>
  db.account.findUniqueOrThrow({ where: { id: session.accountId } });
const placesOf = async ({ session }: Actor) => {
  const rows = await db.trustedPlace.findMany({ where: { accountId: session.accountId } });
  return rows.map(({ network }) => network).sort();
};
const openSessions = ({ session }: Actor) =>
  db.session.count({ where: { accountId: session.accountId, endedAt: null } });

test("opening the page changes nothing, and says what the button will do", async () => {
  const victim = await makeActor();
  await breakIn(victim);
  const token = await tokenIn(victim, "place-trusted");
  const before = await accountOf(victim);
  expect(await readNotMePage(token)).toMatchObject({
    kind: "live",
    told: { ip: thiefsIp, trustedBefore: false },
    blocks: true,
    undo: null,
  });
  expect(await accountOf(victim)).toEqual(before);
  expect(await openSessions(victim)).toBeGreaterThan(1);
});

test("a press ends every session and every browser's trust, forgets the place and blocks it for 24 hours", async () => {
  const victim = await makeActor();
  const thief = await breakIn(victim);
  await askToWiden(thief, actorsPassword, { kind: "trust-browser" });
  const outcome = await pressNotMe(await tokenIn(victim, "place-trusted"), owner);
  expect(outcome.kind).toBe("secured");
  expect(await findLiveSession(thief.session.id)).toBeNull();
  expect(await findLiveSession(victim.session.id)).toBeNull();
  expect(await openSessions(victim)).toBe(0);
  const { accountId } = victim.session;
  expect(await db.trustedBrowser.count({ where: { accountId, endedAt: null } })).toBe(0);
  expect(await placesOf(victim)).toEqual([home]);
  const [mail] = await mailsOf(accountId, "account-secured");
  expect(mail?.facts).toMatchObject({ until: expect.any(String), about: { place: thiefsIp } });
});

test("the block holds for that place and account, also after a reset, until its 24 hours are over", async () => {
  const victim = await makeActor();
  await breakIn(victim);
  await pressNotMe(await tokenIn(victim, "place-trusted"), owner);
  const { accountId } = victim.session;
  const link = await db.passwordReset.findFirstOrThrow({ where: { accountId, endedAt: null } });
  const token = linkTokenOf("password reset", link);
  const password = "another long passphrase";
  expect((await resetPassword(token, password, owner)).kind).toBe("changed");
  expect((await signInFrom(accountId, thiefsIp)).kind).toBe("blocked");
  expect(await signInFrom(accountId, thiefsIp)).toMatchObject({ because: "not-me" });
  expect((await signInFrom(accountId, home)).kind).toBe("entered");
  expect((await signInFrom(accountId, "192.0.2.77")).kind).toBe("code-asked");
  laterHours(24.1);
  expect((await signInFrom(accountId, thiefsIp)).kind).toBe("code-asked");
});

test("the password is off, at home too, until a new one is set by the mailed link", async () => {
  const victim = await makeActor();
  await breakIn(victim);
  await pressNotMe(await tokenIn(victim, "place-trusted"), owner);
  const { accountId } = victim.session;
  expect((await signInFrom(accountId, home)).kind).toBe("password-off");
  expect((await signInFrom(accountId, thiefsIp)).kind).toBe("password-off");
});

test("a password that was proven in that very moment lets nobody in", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  await breakIn(victim);
  const proof = await passwordProof(accountId);
  laterHours(0.02);
  await pressNotMe(await tokenIn(victim, "place-trusted"), owner);
  const common = { accountId, proof, browserId: newBrowser(), callbackPath: null, earlier: null };
  expect((await signIn({ ...common, client: clientAt(home) })).kind).toBe("no-longer-proven");
});

test("the reset link goes to the contact e-mail alone, all addresses are told, and it is recorded", async () => {
  const victim = await makeActor();
  const { accountId, account } = victim.session;
  await addFurther(accountId, "second@example.com");
  await breakIn(victim);
  await pressNotMe(await tokenIn(victim, "place-trusted"), owner);
  const resets = await mailsOf(accountId, "password-reset");
  expect(resets.map(({ recipient }) => recipient)).toEqual([account.email]);
  const told = await mailsOf(accountId, "account-secured");
  expect(told.map(({ recipient }) => recipient).sort()).toEqual(
    [account.email, "second@example.com"].sort(),
  );
  expect((await activitiesOf(accountId)).at(-1)).toMatchObject({
    kind: "account-secured",
    ip: owner.ip,
  });
});

test("a pending sign-in ends: its code, although right, lets nobody in", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  const asked = await signInFrom(accountId, thiefsIp);
  if (asked.kind !== "code-asked") throw new Error(`The sign-in was ${asked.kind}.`);
  await pressNotMe(await tokenIn(victim, "sign-in-code"), owner);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const client = clientAt(thiefsIp);
  const typed = codeOf(challenge) ?? "";
  const outcome = await verifyCode({ typed, cookie: cookieOf(asked), shown: null, client });
  expect(outcome.kind).toBe("password-changed");
});

test("a neighbour at a place that was trusted before: it is forgotten, but not blocked", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  expect((await signInFrom(accountId, home)).kind).toBe("entered");
  const outcome = await pressNotMe(await tokenIn(victim, "new-browser"), owner);
  expect(outcome).toMatchObject({ kind: "secured", blockedUntil: null });
  expect(await placesOf(victim)).toEqual([]);
  expect(await db.codeAttempts.count({ where: { subject: accountId } })).toBe(0);
});

test("one press uses up all such links, and a second one changes nothing", async () => {
  const victim = await makeActor();
  await breakIn(victim);
  const [first, second] = [
    await tokenIn(victim, "place-trusted"),
    await tokenIn(victim, "sign-in-code"),
  ];
  const outcomes = await Promise.all([first, second, first].map((one) => pressNotMe(one, owner)));
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["over", "over", "secured"]);
  expect(await readNotMePage(second)).toEqual({ kind: "used" });
  expect(await mailsOf(victim.session.accountId, "account-secured")).toHaveLength(1);
});

test("a link works for 7 days", async () => {
  const victim = await makeActor();
  await breakIn(victim);
  const token = await tokenIn(victim, "place-trusted");
  laterHours(7 * 24 - 1);
  expect((await readNotMePage(token)).kind).toBe("live");
  laterHours(7 * 24 + 1);
  expect(await readNotMePage(token)).toEqual({ kind: "expired" });
  expect(await pressNotMe(token, owner)).toEqual({ kind: "over" });
  expect((await accountOf(victim)).passwordOffAt).toBeNull();
});

test("forged links, and links for something else, do nothing", async () => {
  const victim = await makeActor();
  await askEmailChange(victim, actorsPassword, `${randomUUID()}@example.com`);
  const link = await db.accountLink.findFirstOrThrow({
    where: { accountId: victim.session.accountId, purpose: "confirm-old-email" },
  });
  const confirming = linkTokenOf("confirm-old-email", link);
  const ofNobody = linkTokenOf("not-me", { ...link, id: randomUUID() });
  for (const token of [
    confirming,
    linkTokenOf("not-me", link),
    ofNobody,
    "A".repeat(64),
    "",
    null,
  ]) {
    expect(await readNotMePage(token)).toEqual({ kind: "dead" });
    expect(await pressNotMe(token, owner)).toEqual({ kind: "over" });
  }
  expect((await accountOf(victim)).passwordOffAt).toBeNull();
});

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

test("an address that was added is removed, and is not told of what followed", async () => {
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
  const told = await mailsOf(accountId, "account-secured");
  expect(told.map(({ recipient }) => recipient)).not.toContain(theirs);
});

async function changeEmail(actor: Actor, newEmail: string): Promise<void> {
  await askEmailChange(actor, actorsPassword, newEmail);
  for (const purpose of ["confirm-old-email", "confirm-new-email"] as const) {
    const link = await db.accountLink.findFirstOrThrow({
      where: { accountId: actor.session.accountId, purpose },
      orderBy: { createdAt: "desc" },
    });
    await confirmByLink(linkTokenOf(purpose, link), clientAt(thiefsIp));
  }
}

test("a changed contact e-mail is undone from the old address, which gets the reset link", async () => {
  const victim = await makeActor();
  const { accountId, account } = victim.session;
  const theirs = `${randomUUID()}@example.com`;
  await changeEmail(victim, theirs);
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
  await changeEmail(victim, `${randomUUID()}@example.com`);
  const token = await tokenIn(victim, "confirm-old-email");
  expect((await pressNotMe(token, owner)).kind).toBe("secured");
  expect((await accountOf(victim)).email).toBe(victim.session.account.email);
});

test("after 7 days the old address undoes it no more", async () => {
  const victim = await makeActor();
  const theirs = `${randomUUID()}@example.com`;
  await changeEmail(victim, theirs);
  const token = await tokenIn(victim, "email-changed", victim.session.account.email);
  laterHours(7 * 24 + 1);
  expect((await pressNotMe(token, owner)).kind).toBe("over");
  expect((await accountOf(victim)).email).toBe(theirs);
});

test("the link mailed to the new address undoes nothing, and does not use the old owner's up", async () => {
  const victim = await makeActor();
  const { account } = victim.session;
  const theirs = `${randomUUID()}@example.com`;
  await changeEmail(victim, theirs);
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
  await changeEmail(victim, between);
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
  await changeEmail(victim, between);
  const own = await tokenIn(victim, "email-changed", account.email);
  laterHours(1);
  await changeEmail(await makeActor({ accountId }), last);
  await pressNotMe(await tokenIn(victim, "email-changed", between), clientAt(thiefsIp));
  expect((await accountOf(victim)).email).toBe(between);
  laterHours(2);
  expect((await pressNotMe(own, owner)).kind).toBe("secured");
  expect((await accountOf(victim)).email).toBe(account.email);
});

test("a change of e-mail that waits is cancelled, whatever the mail told of", async () => {
  const victim = await makeActor();
  await breakIn(victim);
  await askEmailChange(victim, actorsPassword, `${randomUUID()}@example.com`);
  await pressNotMe(await tokenIn(victim, "place-trusted"), owner);
  const { accountId } = victim.session;
  expect(await db.emailChange.findMany({ where: { accountId } })).toMatchObject([
    { endedBecause: "cancelled" },
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
