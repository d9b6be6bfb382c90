import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { blockNetwork } from "@/lib/challenge/attempts-store";
import { db } from "@/lib/db/client";
import { checkPassword } from "@/lib/password/check-password";
import { changePassword } from "@/lib/recovery/change-password";
import { resetPassword } from "@/lib/recovery/reset-password";
import { signIn } from "@/lib/sign-in/sign-in";
import { actorsPassword, mailsOf, makeActor } from "@/lib/testing/actors";
import { later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, newBrowser, passwordProof } from "@/lib/testing/people";
import { askForLink } from "@/lib/testing/reset-links";
import { forgetBrowser } from "@/lib/trusted-browser/forget-browser";
import { listTrustedBrowsers } from "@/lib/trusted-browser/list-browsers";
import type { BrowserKey } from "@/lib/trusted-browser/store";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

const days = 24 * 60;

type Actor = Awaited<ReturnType<typeof makeActor>>;

/** A customer whose present browser is trusted, and what its cookie says. */
async function trusting(): Promise<{ actor: Actor; key: BrowserKey }> {
  const actor = await makeActor();
  const outcome = await askToWiden(actor, actorsPassword, { kind: "trust-browser" });
  if (outcome.kind !== "done" || outcome.result.kind !== "browser-trusted") {
    throw new Error("The browser was not trusted.");
  }
  return { actor, key: outcome.result.key };
}

let next = 0;

/** Signs in from a network never seen before, with what the browser shows. */
async function signInAnywhere(actor: Actor, shown: BrowserKey[], browserId = actor.browserId) {
  const { accountId } = actor.session;
  next += 1;
  return signIn({
    accountId,
    proof: await passwordProof(accountId),
    client: clientAt(`198.18.${Math.floor(next / 250)}.${next % 250}`),
    browserId,
    trustedBrowsers: shown,
    callbackPath: null,
    earlier: null,
  });
}

async function entered(actor: Actor, shown: BrowserKey[]): Promise<BrowserKey> {
  const outcome = await signInAnywhere(actor, shown);
  if (outcome.kind !== "entered" || outcome.trustedBrowser === null) {
    throw new Error(`The sign-in was ${outcome.kind}.`);
  }
  return outcome.trustedBrowser;
}

test("a trusted browser is let in from any address, and trusts no address by itself", async () => {
  const { actor, key } = await trusting();
  const { accountId } = actor.session;
  const places = await db.trustedPlace.count({ where: { accountId } });
  expect((await signInAnywhere(actor, [key])).kind).toBe("entered");
  expect(await db.trustedPlace.count({ where: { accountId } })).toBe(places);
  expect(await mailsOf(accountId, "new-browser")).toEqual([]);
  expect((await signInAnywhere(actor, [])).kind).toBe("code-asked");
});

test("its session began without a code", async () => {
  const { actor, key } = await trusting();
  const outcome = await signInAnywhere(actor, [key]);
  const id = outcome.kind === "entered" ? outcome.sessionId : "";
  const session = await db.session.findUniqueOrThrow({ where: { id } });
  expect(session).toMatchObject({ because: "known-browser", codeProvenAt: null });
});

test("each sign-in gives it a new cookie value, and 90 days from then", async () => {
  const { actor, key } = await trusting();
  later(60 * days);
  const second = await entered(actor, [key]);
  expect(second).toMatchObject({ id: key.id, generation: key.generation + 1 });
  later(149 * days);
  const third = await entered(actor, [second]);
  expect(third.generation).toBe(key.generation + 2);
  later((149 + 90) * days);
  expect((await signInAnywhere(actor, [third])).kind).toBe("code-asked");
});

test("an old value that comes back ends the trust, asks for a code and is mailed", async () => {
  const { actor, key } = await trusting();
  const { accountId } = actor.session;
  const second = await entered(actor, [key]);
  later(2);
  expect((await signInAnywhere(actor, [key])).kind).toBe("code-asked");
  expect(await mailsOf(accountId, "browser-copied")).toHaveLength(1);
  expect((await signInAnywhere(actor, [second])).kind).toBe("code-asked");
  const row = await db.trustedBrowser.findUniqueOrThrow({ where: { id: key.id } });
  expect(row.endedBecause).toBe("copied");
});

test("sign-ins with the same cookie at the same moment are all let in, and accuse nobody", async () => {
  const { actor, key } = await trusting();
  const many = [1, 2, 3, 4, 5, 6];
  // Connections first, so that the sign-ins really meet.
  await Promise.all(many.map(() => db.$queryRaw`SELECT pg_sleep(0.05)::text`));
  const outcomes = await Promise.all(many.map(() => signInAnywhere(actor, [key])));
  const shown = outcomes.map((outcome) => outcome.kind === "entered" && outcome.trustedBrowser);
  expect(shown).toEqual(many.map(() => ({ id: key.id, generation: key.generation + 1 })));
  expect(await mailsOf(actor.session.accountId, "browser-copied")).toEqual([]);
});

test("a lost answer does not end it: the value before counts for a minute", async () => {
  const { actor, key } = await trusting();
  await entered(actor, [key]);
  later(0.9);
  const again = await entered(actor, [key]);
  later(5);
  expect((await signInAnywhere(actor, [again])).kind).toBe("entered");
});

test("one account's cookie opens no other account", async () => {
  const { key } = await trusting();
  const stranger = await makeActor();
  expect((await signInAnywhere(stranger, [key])).kind).toBe("code-asked");
  const row = await db.trustedBrowser.findUniqueOrThrow({ where: { id: key.id } });
  expect(row).toMatchObject({ endedAt: null, generation: key.generation });
});

test("a browser may be trusted by several accounts", async () => {
  const [first, second] = [await trusting(), await trusting()];
  const shown = [first.key, second.key];
  expect((await signInAnywhere(first.actor, shown)).kind).toBe("entered");
  expect((await signInAnywhere(second.actor, shown)).kind).toBe("entered");
});

test("a block and used-up codes do not touch a trusted browser", async () => {
  const { actor, key } = await trusting();
  const { accountId } = actor.session;
  await db.account.update({ where: { id: accountId }, data: { codesSinceRight: 20 } });
  const network = "192.0.2.99/32";
  const until = new Date(start.getTime() + 60 * 60_000);
  const block = { accountId, network, until, reference: "K7QM-2PX", now: start };
  await blockNetwork(db, { ...block, because: "wrong-codes" });
  const request = {
    accountId,
    proof: await passwordProof(accountId),
    client: clientAt("192.0.2.99"),
    browserId: actor.browserId,
    callbackPath: null,
    earlier: null,
  };
  expect((await signIn(request)).kind).toBe("blocked");
  expect((await signIn({ ...request, trustedBrowsers: [key] })).kind).toBe("entered");
});

test("wrong passwords of strangers do not lock a trusted browser out", async () => {
  const { actor } = await trusting();
  const { email } = actor.session.account;
  for (let tries = 0; tries < 20; tries += 1) {
    await checkPassword(email, "guess", clientAt(`198.18.200.${tries}`), newBrowser());
  }
  const stranger = await checkPassword(
    email,
    actorsPassword,
    clientAt("198.18.201.1"),
    newBrowser(),
  );
  expect(stranger.kind).toBe("too-many");
  const own = await checkPassword(email, actorsPassword, clientAt("198.18.201.2"), actor.browserId);
  expect(own.kind).toBe("right");
});

test("forgetting a browser ends its trust and is mailed, once", async () => {
  const { actor, key } = await trusting();
  const { accountId } = actor.session;
  expect(await listTrustedBrowsers(actor.session, actor.browserId)).toMatchObject([
    { id: key.id, isThisOne: true, browser: "Firefox 145" },
  ]);
  expect(await forgetBrowser(actor, key.id)).toEqual({ kind: "forgotten" });
  expect(await forgetBrowser(actor, key.id)).toEqual({ kind: "already-forgotten" });
  expect(await mailsOf(accountId, "browser-forgotten")).toHaveLength(1);
  expect((await signInAnywhere(actor, [key])).kind).toBe("code-asked");
  expect(await listTrustedBrowsers(actor.session, actor.browserId)).toEqual([]);
});

test("another customer's browser is not found, and stays trusted", async () => {
  const { actor, key } = await trusting();
  const stranger = await makeActor();
  for (const id of [key.id, randomUUID(), "", "x"]) {
    expect(await forgetBrowser(stranger, id)).toEqual({ kind: "unknown" });
  }
  expect((await signInAnywhere(actor, [key])).kind).toBe("entered");
});

test("a reset of the password by link ends the trust", async () => {
  const { actor, key } = await trusting();
  const token = await askForLink(actor.session.account.email);
  await resetPassword(token, "another long passphrase", actor.client);
  expect((await signInAnywhere(actor, [key])).kind).toBe("code-asked");
});

test("a change of password that signs out elsewhere ends the trust in other browsers only", async () => {
  const { actor, key } = await trusting();
  const other = await makeActor({ accountId: actor.session.accountId });
  await askToWiden(other, actorsPassword, { kind: "trust-browser" });
  await changePassword({
    ...actor,
    currentPassword: actorsPassword,
    newPassword: "another long passphrase",
    signOutElsewhere: true,
  });
  const trusted = await db.trustedBrowser.findMany({
    where: { accountId: actor.session.accountId, endedAt: null },
  });
  expect(trusted.map(({ id }) => id)).toEqual([key.id]);
});

test("trusting the same browser again replaces its row", async () => {
  const { actor, key } = await trusting();
  await askToWiden(actor, actorsPassword, { kind: "trust-browser" });
  expect((await signInAnywhere(actor, [key])).kind).toBe("code-asked");
  expect(await listTrustedBrowsers(actor.session, actor.browserId)).toHaveLength(1);
});
