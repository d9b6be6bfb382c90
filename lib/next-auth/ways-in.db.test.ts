import { expect, test, vi } from "vitest";
import type { Actor } from "@/lib/account/actor";
import { CHECK_UP_PATH } from "@/lib/cookies/local-path";
import { db } from "@/lib/db/client";
import { enterWithFactor } from "@/lib/factors/check-up";
import { hashRecoveryCode } from "@/lib/factors/recovery-codes";
import { CHECK_UP_DAYS, FEW_RECOVERY_CODES } from "@/lib/factors/rules/judge-check-up";
import { readNotice } from "@/lib/forms/notice";
import { answerSignIn, type WayInOutcome } from "@/lib/next-auth/answer-sign-in";
import { moveToNetwork } from "@/lib/sign-in/move-to-network";
import { signIn } from "@/lib/sign-in/sign-in";
import { signInByPasskey, signInHolder } from "@/lib/sign-in/sign-in-passkey";
import type { NewSession } from "@/lib/sign-in/store";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { secondStepHolder, verifyPasskey } from "@/lib/sign-in/verify-passkey";
import { makeActor } from "@/lib/testing/actors";
import type { Authenticator } from "@/lib/testing/authenticator";
import { laterDays, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { type App, addApp, addRecoveryCodes } from "@/lib/testing/factors";
import { askToUse, givePasskey } from "@/lib/testing/passkeys";
import { clientAt, cookieOf, newBrowser, passwordProof } from "@/lib/testing/people";
import { trustBrowser } from "@/lib/trusted-browser/trust-browser";

const jar = vi.hoisted(() => new Map<string, string>());
vi.mock("@/lib/cookies/jar", () => ({
  cookieJar: () => ({
    get: (name: string) => jar.get(name),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));

testDatabase();
stoppedClock();

const home = "203.0.113.7";
const away = "198.51.100.66";

type Owner = { actor: Actor; app: App; authenticator: Authenticator; codes: string[] };

/** A customer with everything that one can come in by. */
async function makeOwner(): Promise<Owner> {
  const actor = await makeActor({ trusted: [home] });
  const { accountId } = actor.session;
  const app = await addApp(accountId);
  const authenticator = await givePasskey(actor);
  return { actor, app, authenticator, codes: await addRecoveryCodes(accountId) };
}

async function typePassword(
  { actor }: Owner,
  ip: string,
  options: Partial<Parameters<typeof signIn>[0]> = {},
) {
  const { accountId } = actor.session;
  const proof = await passwordProof(accountId);
  const common = { accountId, proof, browserId: newBrowser(), callbackPath: null, earlier: null };
  return signIn({ ...common, client: clientAt(ip), ...options });
}

async function askedAt(owner: Owner, ip: string, browserId = newBrowser()) {
  const outcome = await typePassword(owner, ip, { browserId });
  if (outcome.kind !== "factor-asked") throw new Error(`The sign-in was ${outcome.kind}.`);
  return outcome;
}

async function typeAnswer(owner: Owner, typed: string, ip = away) {
  const cookie = cookieOf(await askedAt(owner, ip));
  return verifyCode({ typed, cookie, shown: null, client: clientAt(ip) });
}

/** Every way in of whoever has a second factor. */
const ways: Record<string, (owner: Owner) => Promise<WayInOutcome>> = {
  "the password at a quiet known place, in a browser seen there": async (owner) => {
    const { browserId } = owner.actor;
    await typePassword(owner, home, { browserId });
    return typePassword(owner, home, { browserId });
  },
  "the password there, in a new browser": (owner) => typePassword(owner, home),
  "the password there, in place of a sign-in that waited": async (owner) =>
    typePassword(owner, home, { earlier: cookieOf(await askedAt(owner, away)) }),
  "the password in a trusted browser": async (owner) => {
    const { accountId } = owner.actor.session;
    await trustBrowser(db, owner.actor, new Date());
    const { id, generation } = await db.trustedBrowser.findFirstOrThrow({ where: { accountId } });
    const { browserId } = owner.actor;
    return typePassword(owner, away, {
      browserId,
      trustedBrowsers: [{ id, generation }],
    });
  },
  "a waiting sign-in that moves to a known place": async (owner) =>
    moveToNetwork(cookieOf(await askedAt(owner, away)), clientAt(home)),
  "a code of the app": (owner) => typeAnswer(owner, owner.app.codeNow()),
  "a code of the app at a known place, asked always": async (owner) => {
    const { accountId: id } = owner.actor.session;
    await db.account.update({ where: { id }, data: { factorAlways: true } });
    return typeAnswer(owner, owner.app.codeNow(), home);
  },
  "a recovery code": (owner) => typeAnswer(owner, owner.codes.at(-1) ?? ""),
  "a passkey as the second step": async (owner) => {
    const browserId = newBrowser();
    const asked = await askedAt(owner, away, browserId);
    const { accountId } = owner.actor.session;
    const holder = secondStepHolder({ id: asked.challengeId, accountId }, browserId);
    const { ceremony, get } = await askToUse(holder);
    const sent = { ceremony, text: owner.authenticator.get(get) };
    const client = clientAt(away);
    return verifyPasskey({ sent, cookie: cookieOf(asked), shown: null, client, browserId });
  },
  "a passkey instead of the password": async (owner) => {
    const browserId = newBrowser();
    const { ceremony, get } = await askToUse(signInHolder(browserId));
    const sent = { ceremony, text: owner.authenticator.get(get) };
    return signInByPasskey({ sent, client: clientAt(away), browserId, earlier: null });
  },
};

/** Comes in by a way on a day: where that leads, and what the notice says of recovery codes. */
async function comeIn(way: string, owner: Owner, day: number) {
  laterDays(day);
  const outcome = await (ways[way] as (owner: Owner) => Promise<WayInOutcome>)(owner);
  jar.clear();
  const asked = { ip: away, callbackPath: "/account/contact", handOver: async () => {} };
  const path = await answerSignIn(outcome, asked);
  const notice = await readNotice();
  const left = notice?.kind === "entered" ? (notice.recoveryCodesLeft ?? null) : null;
  return { page: path.split("?", 1)[0], left };
}

/** Leaves so many recovery codes to an account, of those that its customer knows. */
async function leaveCodes({ actor, codes }: Owner, count: number) {
  const { accountId } = actor.session;
  const hash = { notIn: codes.slice(-count).map((code) => hashRecoveryCode(accountId, code)) };
  await db.recoveryCode.updateMany({ where: { accountId, hash }, data: { usedAt: new Date() } });
}

test.each(Object.keys(ways))("%s: nobody is asked or reminded too early", async (way) => {
  const owner = await makeOwner();
  const { page, left } = await comeIn(way, owner, CHECK_UP_DAYS - 1);
  expect(page).not.toBe(CHECK_UP_PATH);
  expect(left).toBeNull();
});

test.each(Object.keys(ways))(
  "%s: after 90 days asked whether the factors still work, and reminded that few codes are left",
  async (way) => {
    const owner = await makeOwner();
    const usesOne = way === "a recovery code";
    await leaveCodes(owner, FEW_RECOVERY_CODES + (usesOne ? 1 : 0));
    const { page, left } = await comeIn(way, owner, CHECK_UP_DAYS);
    expect(page).toBe(CHECK_UP_PATH);
    expect(left).toBe(FEW_RECOVERY_CODES);
  },
);

/** Whether a session of whoever has a factor can begin so: the others end, or are void, where there is one. */
const withFactor: Record<NewSession["because"], boolean> = {
  ...{ "known-place": true, "known-browser": true, factor: true, passkey: true },
  ...{ code: false, "sign-up": false, hotline: false, "let-in": false, "not-asked": false },
};

test("the table has every way that a session begins by for whoever has a factor", async () => {
  const begun = new Set<string>();
  for (const way of Object.keys(ways)) {
    const owner = await makeOwner();
    await comeIn(way, owner, 0);
    const { accountId, id } = owner.actor.session;
    const sessions = await db.session.findMany({ where: { accountId, id: { not: id } } });
    for (const { because } of sessions) begun.add(because);
  }
  const possible = Object.entries(withFactor).flatMap(([because, is]) => (is ? [because] : []));
  expect([...begun].sort()).toEqual(possible.sort());
});

test("the question leads on to where the sign-in was going, and stands before itself only once", async () => {
  const owner = await makeOwner();
  laterDays(CHECK_UP_DAYS);
  const { accountId } = owner.actor.session;
  const { path } = await enterWithFactor(accountId, "/account/contact?a=b");
  expect(path).toBe(`${CHECK_UP_PATH}?callbackUrl=%2Faccount%2Fcontact%3Fa%3Db`);
  expect((await enterWithFactor(accountId, path)).path).toBe(path);
});
