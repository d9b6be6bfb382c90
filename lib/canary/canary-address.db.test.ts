import { beforeEach, expect, test } from "vitest";
import { openCanary } from "@/lib/canary/canary-store";
import { startDraft } from "@/lib/cases/request/start-draft";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { confirmByLink } from "@/lib/contact/confirm";
import { db } from "@/lib/db/client";
import { requestReset } from "@/lib/recovery/request-reset";
import { resetPassword } from "@/lib/recovery/reset-password";
import { codeOf } from "@/lib/secrets/code";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { acceptInvitation } from "@/lib/staff/accept-invitation";
import { changeRoleOfAddress } from "@/lib/staff/change-role";
import { joinByInvitation } from "@/lib/staff/join-by-invitation";
import { actorsPassword, makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { nobody } from "@/lib/testing/drafts";
import { invited } from "@/lib/testing/invitations";
import { newcomer, reader } from "@/lib/testing/joining";
import { clientAt, freshAddress, makeAccount } from "@/lib/testing/people";
import { signUpWith, somewhere } from "@/lib/testing/sign-ups";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

const EMAIL = "canary@example.com";

const canary = () =>
  db.account.findUniqueOrThrow({
    where: { email: EMAIL },
    select: { id: true, isCanary: true, role: true, passwordHash: true, name: true },
  });
const kindsTo = async (recipient: string) =>
  (await db.mail.findMany({ where: { recipient }, orderBy: { createdAt: "asc" } })).map(
    ({ kind }) => kind,
  );

let before: Awaited<ReturnType<typeof canary>>;

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE account, mail, challenge, rate_window, code_attempts CASCADE`;
  await openCanary({ email: EMAIL, name: "Canary", passwordHash: "x", now: new Date() });
  before = await canary();
});

test("a sign-up with its address reads as any with an account: no code is right, and it stays", async () => {
  const cookie = await signUpWith(EMAIL);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: cookie.id } });
  const typed = codeOf(challenge) ?? "";
  const client = clientAt(challenge.place?.split("/", 1)[0] ?? "");
  const outcome = await verifyCode({ typed, cookie, shown: null, client });
  expect(outcome).toMatchObject({ kind: "wrong" });
  expect(await kindsTo(EMAIL)).toEqual(["already-have-account"]);
  expect(await canary()).toEqual(before);
  expect(await db.account.count()).toBe(1);
});

test("a change of a contact e-mail to its address reads as any, and never completes", async () => {
  const actor = await makeActor();
  expect(await askEmailChange(actor, actorsPassword, EMAIL)).toEqual({
    ...{ kind: "asked", newEmail: EMAIL },
  });
  for (const link of await db.accountLink.findMany()) {
    for (const kind of ["confirm-old-email", "confirm-new-email"] as const) {
      if (link.purpose === kind) await confirmByLink(linkTokenOf(kind, link) ?? "", reader);
    }
  }
  expect(await kindsTo(EMAIL)).toEqual(["already-have-account"]);
  const { accountId, account } = actor.session;
  expect(await db.account.findUnique({ where: { id: accountId } })).toMatchObject({
    email: account.email,
  });
  expect(await canary()).toEqual(before);
});

test("a reset link for its address is for nobody, and sets nothing", async () => {
  await requestReset(EMAIL, clientAt("203.0.113.5"));
  const reset = await db.passwordReset.findFirstOrThrow();
  expect(reset.accountId).toBeNull();
  const token = linkTokenOf("password reset", reset);
  const outcome = await resetPassword(token, "another long passphrase", clientAt("203.0.113.5"));
  expect(outcome).toEqual({ kind: "dead-link" });
  expect(await canary()).toEqual(before);
});

test("a case for its address is about nobody's account, as for an address without one", async () => {
  const { email } = await makeAccount();
  for (const typed of [EMAIL, freshAddress(), email]) {
    expect((await startDraft(nobody, typed, somewhere(), "en")).kind).toBe("started");
  }
  const drafts = await db.recoveryCase.findMany({
    select: { accountEmail: true, accountId: true },
  });
  expect(drafts.filter(({ accountId }) => accountId !== null)).toEqual([
    { accountEmail: email, accountId: expect.any(String) },
  ]);
});

test.each([
  ["the command", false],
  ["an admin", true],
] as const)("an invitation by %s to its address makes nobody a colleague", async (_, byAdmin) => {
  const token = await invited(EMAIL, "support", byAdmin ? await makeStaff("admin") : null);
  expect(await acceptInvitation(token, reader)).toEqual({ kind: "over" });
  expect(await joinByInvitation(token, newcomer, reader)).toEqual({ kind: "over" });
  expect(await canary()).toEqual(before);
});

test("the command that gives roles knows no such account", async () => {
  expect(await changeRoleOfAddress(EMAIL, "support")).toEqual(
    await changeRoleOfAddress(freshAddress(), "support"),
  );
  expect(await canary()).toEqual(before);
});
