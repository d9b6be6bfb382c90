import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { linkTokenOf } from "@/lib/auth/link-token";
import { isPassword } from "@/lib/auth/password-hash";
import { findLiveSession } from "@/lib/auth/session-store";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { confirmByLink } from "@/lib/contact/confirm";
import { db } from "@/lib/db";
import { codeOf } from "@/lib/sign-in/code";
import { signIn } from "@/lib/sign-in/sign-in";
import { beginSession } from "@/lib/sign-in/store";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { signUp } from "@/lib/sign-up/sign-up";
import { acceptInvitation } from "@/lib/staff/accept-invitation";
import { readInvitationPage } from "@/lib/staff/invitation-page";
import { auditOf, invited, tokenFor } from "@/lib/staff/invitations-for-tests";
import { joinByInvitation } from "@/lib/staff/join-by-invitation";
import { whileLocked } from "@/lib/staff/locks-for-tests";
import { activitiesOf, actorsPassword, mailsOf, makeActor } from "@/lib/testing/actors";
import { hoursAfter, laterHours, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import {
  clientAt,
  cookieOf,
  freshAddress,
  makeAccount,
  newBrowser,
  passwordProof,
} from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

const reader = clientAt("192.0.2.200");
const password = "a new colleague's passphrase";
const newcomer = { name: " Eva Lima ", password, locale: "pt" } as const;

const accountOf = (where: { id: string } | { email: string }) => db.account.findUnique({ where });
const roleOf = async (id: string) => (await accountOf({ id }))?.role;

async function signInFrom(accountId: string, ip: string) {
  const proof = await passwordProof(accountId);
  const common = { accountId, proof, callbackPath: null, earlier: null };
  return signIn({ ...common, client: clientAt(ip), browserId: newBrowser() });
}

test("opening the link changes nothing, and shows role, address and end", async () => {
  const { id, email } = await makeAccount();
  const token = await invited(email, "marketing");
  const before = [await accountOf({ id }), await db.staffInvitation.findMany({ where: { email } })];
  for (let times = 0; times < 3; times += 1) {
    expect(await readInvitationPage(token)).toMatchObject({
      kind: "for-account",
      email,
      role: "marketing",
      until: new Date(start.getTime() + 72 * 3_600_000),
      timeZone: null,
    });
  }
  const after = [await accountOf({ id }), await db.staffInvitation.findMany({ where: { email } })];
  expect(after).toEqual(before);
});

test("accepting gives the account its role, and ends what began without the rule for staff", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  await askToWiden(actor, actorsPassword, { kind: "trust-browser" });
  const asked = await signInFrom(accountId, "198.51.100.9");
  if (asked.kind !== "code-asked") throw new Error(`The sign-in was ${asked.kind}.`);
  laterHours(1);
  expect(await acceptInvitation(await invited(account.email, "admin"), reader)).toEqual({
    kind: "joined",
  });
  expect(await roleOf(accountId)).toBe("admin");
  expect(await findLiveSession(actor.session.id)).toBeNull();
  expect(await db.session.count({ where: { accountId, endedAt: null } })).toBe(0);
  expect(await db.trustedBrowser.count({ where: { accountId, endedAt: null } })).toBe(0);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const typed = codeOf(challenge) ?? "";
  const client = clientAt("198.51.100.9");
  const outcome = await verifyCode({ typed, cookie: cookieOf(asked), shown: null, client });
  expect(outcome).toEqual({ kind: "superseded" });
  expect((await signInFrom(accountId, "203.0.113.7")).kind).toBe("code-asked");
});

test("it is recorded, mailed and audited as the new colleague's own doing", async () => {
  const { id, email } = await makeAccount();
  await acceptInvitation(await invited(email, "support"), reader);
  expect(await activitiesOf(id)).toMatchObject([
    { kind: "role-changed", about: { role: "support" }, ip: reader.ip },
  ]);
  expect(await mailsOf(id, "role-changed")).toMatchObject([
    { recipient: email, facts: { ip: reader.ip, about: { role: "support" } } },
  ]);
  const invitation = await db.staffInvitation.findFirstOrThrow({ where: { email } });
  expect(invitation).toMatchObject({ endedBecause: "accepted", endedAt: start });
  expect(await auditOf({ subjectId: id })).toMatchObject([
    {
      action: "staff-joined",
      actorId: id,
      actor: email,
      role: "support",
      ip: reader.ip,
      subjectKind: "staff",
      details: { role: "support", invitation: invitation.id },
    },
  ]);
});

test("of two presses at once one takes effect, and a later one is told", async () => {
  const { id, email } = await makeAccount();
  const token = await invited(email);
  const presses = [1, 2, 3, 4].map(() => acceptInvitation(token, reader));
  const kinds = (await Promise.all(presses)).map(({ kind }) => kind).sort();
  expect(kinds).toEqual(["joined", "over", "over", "over"]);
  expect(await mailsOf(id, "role-changed")).toHaveLength(1);
  expect(await auditOf({ subjectId: id })).toHaveLength(1);
  expect(await readInvitationPage(token)).toMatchObject({ kind: "accepted" });
});

test("whoever has no account makes one: the link has proven the mailbox, and no place is trusted", async () => {
  const email = freshAddress();
  const token = await invited(email, "support");
  expect((await readInvitationPage(token)).kind).toBe("for-newcomer");
  expect(await joinByInvitation(token, newcomer, reader)).toEqual({ kind: "joined" });
  const account = await accountOf({ email });
  const id = account?.id ?? "";
  expect(account).toMatchObject({ name: "Eva Lima", role: "support", locale: "pt" });
  expect(await isPassword(account?.passwordHash ?? null, password)).toBe(true);
  expect(await db.trustedPlace.count({ where: { accountId: id } })).toBe(0);
  expect(await db.session.count({ where: { accountId: id } })).toBe(0);
  expect(await activitiesOf(id)).toMatchObject([{ kind: "account-created", ip: reader.ip }]);
  expect(await auditOf({ subjectId: id })).toMatchObject([
    { action: "staff-joined", actor: email },
  ]);
  expect((await signInFrom(id, reader.ip ?? "")).kind).toBe("code-asked");
  expect(await joinByInvitation(token, newcomer, reader)).toEqual({ kind: "over" });
});

test("of two newcomers at once with one link one gets the account", async () => {
  const email = freshAddress();
  const token = await invited(email);
  const kinds = await Promise.all(
    ["Eva", "Rui", "Ana"].map((name) => joinByInvitation(token, { ...newcomer, name }, reader)),
  );
  expect(kinds.map(({ kind }) => kind).sort()).toEqual(["joined", "over", "over"]);
  expect(await db.account.count({ where: { email } })).toBe(1);
});

test.each([
  [
    { name: "", password: "" },
    { name: "nameMissing", password: "passwordMissing" },
  ],
  [
    { name: "www.example.com", password: "short" },
    { name: "nameIsUrl", password: "passwordTooShort" },
  ],
  [
    { name: "E\u0000va", password: "password" },
    { name: "nameInvalid", password: "passwordCommon" },
  ],
  [
    { name: "x".repeat(50_000), password: "y".repeat(129) },
    { name: "nameTooLong", password: "passwordTooLong" },
  ],
])("name and password are checked as in a sign-up: %#", async (typed, errors) => {
  const email = freshAddress();
  const token = await invited(email);
  const outcome = await joinByInvitation(token, { ...newcomer, ...typed }, reader);
  expect(outcome).toMatchObject({ kind: "invalid", errors });
  expect(await accountOf({ email })).toBeNull();
  expect((await readInvitationPage(token)).kind).toBe("for-newcomer");
});

test("the password must not be the invited address", async () => {
  const email = freshAddress();
  const outcome = await joinByInvitation(
    await invited(email),
    { ...newcomer, password: email },
    reader,
  );
  expect(outcome).toMatchObject({ errors: { password: "passwordIsEmail" } });
});

async function signUpWith(email: string) {
  const person = { kind: "new", name: "Eva", password: actorsPassword } as const;
  const common = { locale: "en" as const, callbackPath: null, earlier: null };
  const asked = await signUp({ ...common, email, client: reader, browserId: newBrowser(), person });
  if (asked.kind !== "code-asked") throw new Error(`The sign-up was ${asked.kind}.`);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const typed = codeOf(challenge) ?? "";
  return () => verifyCode({ typed, cookie: cookieOf(asked), shown: null, client: reader });
}

test("an address that gets an account in between keeps that one and its password", async () => {
  const email = freshAddress();
  const token = await invited(email, "marketing");
  const typeCode = await signUpWith(email);
  expect((await typeCode()).kind).toBe("right");
  expect(await joinByInvitation(token, newcomer, reader)).toEqual({ kind: "outdated" });
  expect(await accountOf({ email })).toMatchObject({ name: "Eva", role: "customer" });
  expect((await readInvitationPage(token)).kind).toBe("for-account");
  expect(await acceptInvitation(token, reader)).toEqual({ kind: "joined" });
  expect(await accountOf({ email })).toMatchObject({ name: "Eva", role: "marketing" });
});

test("a sign-up and an invitation of one address at the same moment make one account", async () => {
  for (let times = 0; times < 3; times += 1) {
    const email = freshAddress();
    const token = await invited(email);
    const typeCode = await signUpWith(email);
    const [joined, signedUp] = await Promise.all([
      joinByInvitation(token, newcomer, reader),
      typeCode(),
    ]);
    expect([
      ["joined", "address-taken"],
      ["outdated", "right"],
    ]).toContainEqual([joined.kind, signedUp.kind]);
    expect(await db.account.count({ where: { email } })).toBe(1);
  }
});

test("joining waits for whoever signs up with the address, or changes to it, in this moment", async () => {
  const email = freshAddress();
  const token = await invited(email);
  const { id } = await makeAccount();
  const outcome = await whileLocked(
    `sign-up:${email}`,
    () => joinByInvitation(token, newcomer, reader),
    (tx) => tx.account.update({ where: { id }, data: { email } }),
  );
  expect(outcome).toEqual({ kind: "outdated" });
  expect(await roleOf(id)).toBe("customer");
});

test("accepting waits for a sign-in under way, and ends its session too", async () => {
  const { id, email } = await makeAccount();
  const token = await invited(email);
  let sessionId: string | null = null;
  const outcome = await whileLocked(
    id,
    () => acceptInvitation(token, reader),
    async (tx) => {
      sessionId = await beginSession(tx, {
        accountId: id,
        because: "known-place",
        verdict: "entered",
        judgedBecause: "known-place",
        client: reader,
        browserId: newBrowser(),
        now: new Date(),
        passwordChangedAt: null,
      });
    },
  );
  expect(outcome).toEqual({ kind: "joined" });
  const session = await db.session.findUniqueOrThrow({ where: { id: sessionId ?? "" } });
  expect(session.endedAt).not.toBeNull();
});

test("a press for an account that is gone by now shows what is so, and makes nothing", async () => {
  const { id, email } = await makeAccount();
  const token = await invited(email);
  await db.account.delete({ where: { id } });
  expect(await acceptInvitation(token, reader)).toEqual({ kind: "outdated" });
  expect((await readInvitationPage(token)).kind).toBe("for-newcomer");
});

async function changeEmail(actor: Awaited<ReturnType<typeof makeActor>>, to: string) {
  const { accountId } = actor.session;
  await askEmailChange(actor, actorsPassword, to);
  for (const purpose of ["confirm-old-email", "confirm-new-email"] as const) {
    const link = await db.accountLink.findFirstOrThrow({ where: { accountId, purpose } });
    await confirmByLink(linkTokenOf(purpose, link), reader);
  }
}

test("an invitation is for its address: the account that left it gets no role, nor does anybody else", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  const token = await invited(account.email, "admin");
  const to = freshAddress();
  await changeEmail(actor, to);
  expect((await accountOf({ id: accountId }))?.email).toBe(to);
  expect(await readInvitationPage(token)).toMatchObject({ kind: "address-kept" });
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
  expect(await readInvitationPage(token)).toMatchObject({ kind: "expired", until });
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
    expect(await readInvitationPage(token)).toMatchObject({ kind: "withdrawn" });
    expect(await acceptInvitation(token, reader)).toEqual({ kind: "over" });
    expect(await joinByInvitation(token, newcomer, reader)).toEqual({ kind: "over" });
  }
  expect(await roleOf(customer.id)).toBe("customer");
});

test("an older invitation takes no role away that was given since", async () => {
  const { id, email } = await makeAccount();
  const token = await invited(email, "marketing");
  await db.account.update({ where: { id }, data: { role: "admin" } });
  expect(await readInvitationPage(token)).toMatchObject({ kind: "already-staff" });
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
    expect(await readInvitationPage(token)).toMatchObject({ kind: "dead" });
    expect(await acceptInvitation(token, reader)).toEqual({ kind: "over" });
    expect(await joinByInvitation(token, newcomer, reader)).toEqual({ kind: "over" });
  }
  expect(await roleOf(id)).toBe("customer");
});
