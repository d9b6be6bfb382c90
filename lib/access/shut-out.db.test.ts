import { expect, test } from "vitest";
import { shutOut } from "@/lib/access/shut-out";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { confirmByLink } from "@/lib/contact/confirm";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import { resetPassword } from "@/lib/recovery/reset-password";
import { sendResetLink } from "@/lib/recovery/send-reset-link";
import { codeOf } from "@/lib/secrets/code";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { signIn } from "@/lib/sign-in/sign-in";
import { usePass } from "@/lib/sign-in/use-pass";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { waysInto } from "@/lib/testing/access";
import { actorsPassword, makeActor, signInFrom } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { recordingTransport } from "@/lib/testing/mails";
import { clientAt, cookieOf, freshAddress, newBrowser, passwordProof } from "@/lib/testing/people";
import { storeTrustedBrowser } from "@/lib/trusted-browser/store";
import { askToWiden } from "@/lib/widening/ask-to-widen";
import { confirmWidening } from "@/lib/widening/confirm-widening";
import type { WideningRequest } from "@/lib/widening/widening-request";

testDatabase();

const ROUNDS = 10;
const home = "203.0.113.7";
const elsewhere = clientAt("198.51.100.66");

type Actor = Awaited<ReturnType<typeof makeActor>>;
/** Gets ready what gives a way into an account; does so once it is called. */
type Giver = (actor: Actor) => Promise<() => Promise<{ kind: string }>>;

async function pendingAt(accountId: string) {
  const asked = await signInFrom(accountId, elsewhere.ip ?? "");
  if (asked.kind !== "code-asked") throw new Error(`The sign-in was ${asked.kind}.`);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  return { challenge, cookie: cookieOf(asked) };
}

const tokenOf = async (
  accountId: string,
  purpose: "confirm-address" | "confirm-old-email" | "confirm-new-email",
) => {
  const link = await db.accountLink.findFirstOrThrow({ where: { accountId, purpose } });
  return linkTokenOf(purpose, link);
};

/** A request that a code was mailed for, and one of a session that has proven the mailbox. */
const widening =
  (request: WideningRequest, codeProven: boolean): Giver =>
  async ({ session: { accountId } }) => {
    const actor = await makeActor({ accountId, ip: home, codeProven });
    const ask = () => askToWiden(actor, actorsPassword, request);
    if (codeProven) return ask;
    await ask();
    const filter = { sessionId: actor.session.id };
    const challenge = await db.challenge.findFirstOrThrow({ where: filter });
    return () => confirmWidening(actor, codeOf(challenge) ?? "", challenge.id);
  };

const place: WideningRequest = { kind: "add-place", network: "192.0.2.0/28", name: null };
const phone: WideningRequest = { kind: "set-phone", phone: "+351215550100" };

const givers: Record<string, Giver> = {
  "a sign-in at a trusted place":
    async ({ session: { accountId } }) =>
    () =>
      signInFrom(accountId, home),
  "a trusted browser at a new network": async ({ session: { accountId } }) => {
    const browserId = newBrowser();
    const trusted = { accountId, browserId, userAgent: elsewhere.userAgent, now: new Date() };
    const key = await storeTrustedBrowser(db, trusted);
    const proof = await passwordProof(accountId);
    const common = { accountId, proof, client: elsewhere, callbackPath: null, earlier: null };
    return () => signIn({ ...common, browserId, trustedBrowsers: [key] });
  },
  "a right code": async ({ session: { accountId } }) => {
    const { challenge, cookie } = await pendingAt(accountId);
    const typed = codeOf(challenge) ?? "";
    return () => verifyCode({ typed, cookie, shown: null, client: elsewhere });
  },
  "a hotline pass": async ({ session: { accountId } }) => {
    const { challenge, cookie } = await pendingAt(accountId);
    const { id, expiresAt: passUntil } = challenge;
    await db.challenge.update({ where: { id }, data: { passUntil } });
    return () => usePass(cookie, elsewhere);
  },
  "a new password by a mailed link": async ({ session: { account }, client }) => {
    await inTransaction((tx) => sendResetLink(tx, account, client, new Date()));
    const filter = { accountId: account.id };
    const reset = await db.passwordReset.findFirstOrThrow({ where: filter });
    const token = linkTokenOf("password reset", reset);
    return () => resetPassword(token, "another long passphrase", elsewhere);
  },
  "a place that is added": widening(place, true),
  "a place that is added by a code": widening(place, false),
  "a browser that is trusted": widening({ kind: "trust-browser" }, true),
  "a browser that is trusted by a code": widening({ kind: "trust-browser" }, false),
  "a further address that is asked for": widening(
    { kind: "add-address", email: "asked@example.com" },
    true,
  ),
  "a number to be called back": widening(phone, true),
  "a further address that is confirmed": async (actor) => {
    const { accountId } = actor.session;
    await askToWiden(actor, actorsPassword, { kind: "add-address", email: freshAddress() });
    const token = await tokenOf(accountId, "confirm-address");
    return () => confirmByLink(token, elsewhere);
  },
  "a change of e-mail that is asked for": async (actor) => () =>
    askEmailChange(actor, actorsPassword, freshAddress()),
  "a change of e-mail that is confirmed": async (actor) => {
    const { accountId } = actor.session;
    await askEmailChange(actor, actorsPassword, freshAddress());
    await confirmByLink(await tokenOf(accountId, "confirm-old-email"), elsewhere);
    const token = await tokenOf(accountId, "confirm-new-email");
    return () => confirmByLink(token, elsewhere);
  },
};

const everybodyOut = (accountId: string) =>
  inTransaction(async (tx) => {
    await lockSubject(tx, accountId);
    await shutOut(tx, accountId, { because: "case", keep: {}, now: new Date() });
  });

for (const [name, ready] of Object.entries(givers)) {
  test(`${name} at the moment when everybody is shut out: nothing it gave outlives that`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const actor = await makeActor({ ip: home });
      const { accountId } = actor.session;
      const give = await ready(actor);
      const shut = () => everybodyOut(accountId);
      await Promise.all(round % 2 === 0 ? [give(), shut()] : [shut(), give()]);
      expect(await waysInto(accountId)).toEqual([]);
    }
  });
}

test("each of them gives something where nobody is shut out", async () => {
  const given = ["entered", "right", "changed", "done", "confirmed", "asked"];
  for (const [name, ready] of Object.entries(givers)) {
    const give = await ready(await makeActor({ ip: home }));
    expect({ name, kind: (await give()).kind }).toEqual({ name, kind: expect.toBeOneOf(given) });
  }
});

test("a change of the contact e-mail that was shut out is no longer asked to be confirmed by mail", async () => {
  const actor = await makeActor({ ip: home });
  const { accountId } = actor.session;
  await askEmailChange(actor, actorsPassword, freshAddress());
  const kinds = { startsWith: "confirm-" };
  const mails = await db.mail.findMany({ where: { accountId, kind: kinds } });
  expect(mails.length).toBeGreaterThan(0);
  await inTransaction(async (tx) => {
    await lockSubject(tx, accountId);
    await shutOut(tx, accountId, { because: "case", keep: {}, now: new Date() });
  });
  const { transport, taken } = recordingTransport();
  const claims = { claim: async () => true, release: async () => {}, close: async () => {} };
  for (const { id } of mails) {
    expect(await deliverMail(id, { claims, transport })).toBe("dropped");
  }
  expect(taken).toEqual([]);
});
