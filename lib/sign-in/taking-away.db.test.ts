import { expect, test } from "vitest";
import { hashPassword } from "@/lib/auth/password-hash";
import { endSession, redeemTicket } from "@/lib/auth/session-store";
import { db } from "@/lib/db";
import { codeOf } from "@/lib/sign-in/code";
import { signIn } from "@/lib/sign-in/sign-in";
import { sharedIp, takers } from "@/lib/sign-in/taking-away-for-tests";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { actorsPassword, signInFrom } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, cookieOf, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";

testDatabase();

const ROUNDS = 10;
const BROWSERS = 4;
const thief = clientAt(sharedIp);

async function customer() {
  const passwordHash = await hashPassword(actorsPassword);
  return makeAccount({ trusted: [sharedIp], passwordHash });
}

/** Four browsers that were seen at the shared place, each about to sign in again and again. */
async function thieves(accountId: string) {
  const proof = await passwordProof(accountId);
  const common = { accountId, proof, client: thief, callbackPath: null, earlier: null };
  const browsers = Array.from({ length: BROWSERS }, newBrowser);
  for (const browserId of browsers) await signInFrom(accountId, sharedIp, browserId);
  let over = false;
  const keepSigningIn = async (browserId: string) => {
    let last = await signIn({ ...common, browserId });
    while (!over) {
      // As a browser does that signs in again.
      if (last.kind === "entered") await endSession(last.sessionId);
      last = await signIn({ ...common, browserId });
    }
    return last.kind;
  };
  return () => {
    const running = Promise.all(browsers.map(keepSigningIn));
    return async () => {
      over = true;
      return running;
    };
  };
}

const thievesSessions = (accountId: string) =>
  db.session.count({ where: { accountId, ip: sharedIp, endedAt: null } });

for (const [name, { says, prepare }] of Object.entries(takers)) {
  test(`${name}: no session of whoever keeps signing in at a trusted place outlives it`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const account = await customer();
      const press = await prepare(account);
      const start = await thieves(account.id);
      // Both orders: into the midst of sign-ins, and before the first of them.
      const pressedFirst = round % 2 === 0 ? undefined : press();
      const stop = start();
      const pressed = await (pressedFirst ?? press());
      const ends = await stop();
      expect(pressed).toMatchObject({ kind: says });
      expect(await thievesSessions(account.id)).toBe(0);
      expect(ends).not.toContain("entered");
    }
  });
}

async function pendingCode(accountId: string) {
  const client = clientAt("198.51.100.66");
  const asked = await signInFrom(accountId, "198.51.100.66");
  if (asked.kind !== "code-asked") throw new Error(`The sign-in was ${asked.kind}.`);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const typed = codeOf(challenge) ?? "";
  return () => verifyCode({ typed, cookie: cookieOf(asked), shown: null, client });
}

// A place that is removed takes nothing from a code for another one.
const takeAll = Object.entries(takers).filter(([name]) => !name.includes("place"));

for (const [name, { prepare }] of takeAll) {
  test(`${name}: no session of a right code typed at the same moment outlives it`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const account = await customer();
      const press = await prepare(account);
      const typeCode = await pendingCode(account.id);
      const both = round % 2 === 0 ? [press, typeCode] : [typeCode, press];
      const outcomes = await Promise.all(both.map((work) => work()));
      const verified = outcomes[both.indexOf(typeCode)];
      const ticket = verified && "ticket" in verified ? String(verified.ticket) : "";
      expect(await redeemTicket(ticket)).toBeNull();
      const open = { accountId: account.id, ip: "198.51.100.66", endedAt: null };
      expect(await db.session.count({ where: open })).toBe(0);
    }
  });
}
