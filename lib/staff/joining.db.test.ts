import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { isPassword } from "@/lib/password/password-hash";
import { codeOf } from "@/lib/secrets/code";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { acceptInvitation } from "@/lib/staff/accept-invitation";
import { readInvitationPage } from "@/lib/staff/invitation-page";
import { joinByInvitation } from "@/lib/staff/join-by-invitation";
import { activitiesOf, actorsPassword, mailsOf, makeActor, signInFrom } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import { laterHours, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { invited } from "@/lib/testing/invitations";
import { accountOf, newcomer, password, reader, roleOf } from "@/lib/testing/joining";
import { clientAt, cookieOf, freshAddress, makeAccount } from "@/lib/testing/people";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

test("opening the link changes nothing, and shows role, address and end", async () => {
  const { id, email } = await makeAccount();
  const token = await invited(email, "marketing");
  const before = [await accountOf({ id }), await db.staffInvitation.findMany({ where: { email } })];
  for (let times = 0; times < 3; times += 1) {
    expect(await readInvitationPage(token)).toEqual({
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
  expect(outcome).toEqual({ kind: "shut-out", because: "role-changed" });
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
  expect(await auditOf(id)).toMatchObject([
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

test("of two presses at once one takes effect, and a later one reads so", async () => {
  const { id, email } = await makeAccount();
  const token = await invited(email);
  const presses = [1, 2, 3, 4].map(() => acceptInvitation(token, reader));
  const kinds = (await Promise.all(presses)).map(({ kind }) => kind).sort();
  expect(kinds).toEqual(["joined", "over", "over", "over"]);
  expect(await mailsOf(id, "role-changed")).toHaveLength(1);
  expect(await auditOf(id)).toHaveLength(1);
  expect(await readInvitationPage(token)).toEqual({ kind: "accepted", until: expect.any(Date) });
});

test("whoever has no account makes one: the link has proven the mailbox, and no network is trusted", async () => {
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
  expect(await auditOf(id)).toMatchObject([{ action: "staff-joined", actor: email }]);
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
  [{ name: "\u200b" }, { name: "nameMissing" }],
  [{ name: "A\u202eana" }, { name: "nameInvalid" }],
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
