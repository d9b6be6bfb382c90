import { expect, test } from "vitest";
import { endSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { hashPassword } from "@/lib/password/password-hash";
import { codeOf } from "@/lib/secrets/code";
import { signIn } from "@/lib/sign-in/sign-in";
import { findSignInAccount } from "@/lib/sign-in/sign-in-account-store";
import { signInFilter } from "@/lib/sign-in/sign-in-request";
import { usePass } from "@/lib/sign-in/use-pass";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { actorsPassword, makeActor, signInFrom } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, cookieOf, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";
import { sharedIp, takers } from "@/lib/testing/taking-away";
import { countWaiting } from "@/lib/testing/waiting";
import { forgetBrowser } from "@/lib/trusted-browser/forget-browser";
import { storeTrustedBrowser } from "@/lib/trusted-browser/store";

testDatabase();

const ROUNDS = 10;
const BROWSERS = 4;
const thief = clientAt(sharedIp);

let passwordHash: Promise<string> | undefined;

async function customer() {
  passwordHash ??= hashPassword(actorsPassword);
  return makeAccount({ trusted: [sharedIp], passwordHash: await passwordHash });
}

/** Four browsers that were seen at the shared place, each about to sign in again and again. */
async function thieves(accountId: string) {
  const proof = await passwordProof(accountId);
  const common = { accountId, proof, client: thief, callbackPath: null, earlier: null };
  const browsers = Array.from({ length: BROWSERS }, newBrowser);
  for (const browserId of browsers) await signInFrom(accountId, sharedIp, browserId);
  let over = false;
  /** Judged by what was read with the password, however old it is by then. */
  const signInAgain = async (browserId: string) => {
    const filter = signInFilter({ client: thief, browserId }, new Date());
    const whose = { id: accountId, passwordChangedAt: proof.changedAt };
    const read = (await findSignInAccount(db, whose, filter)) ?? undefined;
    return signIn({ ...common, proof: { ...proof, read }, browserId });
  };
  const keepSigningIn = async (browserId: string) => {
    let last = await signInAgain(browserId);
    while (!over) {
      // As a browser does that signs in again.
      if (last.kind === "entered") await endSession(last.sessionId);
      last = await signInAgain(browserId);
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

const newClient = clientAt("198.51.100.66");

test("a trusted browser is forgotten: its cookie opens no session from an unknown network any more", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const actor = await makeActor({ ip: sharedIp });
    const { accountId } = actor.session;
    const { browserId } = actor;
    const { userAgent } = newClient;
    const trusted = { accountId, browserId, userAgent, now: new Date() };
    const key = await storeTrustedBrowser(db, trusted);
    const proof = await passwordProof(accountId);
    const common = { accountId, proof, client: newClient, callbackPath: null, earlier: null };
    const show = () => signIn({ ...common, browserId, trustedBrowsers: [key] });
    const press = () => forgetBrowser(actor, key.id);
    const showsFirst = round % 2 === 0;
    const [first, second] = showsFirst ? [show, press] : [press, show];
    // Both touch the browser's row under the lock of the account: there the first of them is held.
    const running = await inTransaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM trusted_browser WHERE id = ${key.id}::uuid FOR UPDATE`;
      const ahead = first();
      await expect.poll(countWaiting).toBe(1);
      const behind = second();
      await expect.poll(countWaiting).toBe(2);
      return [ahead, behind];
    });
    // What began before the press stays: the trust alone ends with it.
    const kinds = (await Promise.all(running)).map(({ kind }) => kind);
    expect(kinds).toEqual(showsFirst ? ["entered", "forgotten"] : ["forgotten", "code-asked"]);
    expect((await show()).kind).toBe("code-asked");
  }
});

async function pendingSignIn(accountId: string) {
  const asked = await signInFrom(accountId, "198.51.100.66");
  if (asked.kind !== "code-asked") throw new Error(`The sign-in was ${asked.kind}.`);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  return { challenge, cookie: cookieOf(asked) };
}

/** What else lets somebody in, from a new network: each is ready, and then pressed once. */
const givers: Record<string, (accountId: string) => Promise<() => Promise<{ kind: string }>>> = {
  "a right code": async (accountId) => {
    const { challenge, cookie } = await pendingSignIn(accountId);
    const typed = codeOf(challenge) ?? "";
    return () => verifyCode({ typed, cookie, shown: null, client: newClient });
  },
  "a hotline pass": async (accountId) => {
    const { challenge, cookie } = await pendingSignIn(accountId);
    const { id, expiresAt: passUntil } = challenge;
    await db.challenge.update({ where: { id }, data: { passUntil } });
    return () => usePass(cookie, newClient);
  },
};

// A place that is removed takes nothing from another one.
const takeAll = Object.entries(takers).filter(([name]) => !name.includes("place"));
const pairs = Object.entries(givers).flatMap(([what, ready]) =>
  takeAll.map(([name, { prepare }]) => ({ what, ready, name, prepare })),
);

for (const { what, ready, name, prepare } of pairs) {
  test(`${name}: no session of ${what} used at the same moment outlives it`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const account = await customer();
      const press = await prepare(account);
      const use = await ready(account.id);
      await Promise.all(round % 2 === 0 ? [press(), use()] : [use(), press()]);
      const open = { accountId: account.id, ip: newClient.ip, endedAt: null };
      expect(await db.session.count({ where: open })).toBe(0);
    }
  });
}
