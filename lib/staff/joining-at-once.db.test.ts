import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { codeOf } from "@/lib/secrets/code";
import { beginSession } from "@/lib/sign-in/store";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { signUp } from "@/lib/sign-up/sign-up";
import { acceptInvitation } from "@/lib/staff/accept-invitation";
import { readInvitationPage } from "@/lib/staff/invitation-page";
import { joinByInvitation } from "@/lib/staff/join-by-invitation";
import { actorsPassword } from "@/lib/testing/actors";
import { stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { invited } from "@/lib/testing/invitations";
import { accountOf, newcomer, reader, roleOf } from "@/lib/testing/joining";
import { whileLocked } from "@/lib/testing/locks";
import { cookieOf, freshAddress, makeAccount, newBrowser } from "@/lib/testing/people";

testDatabase();
stoppedClock();

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
        accessVersion: null,
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
