import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { signIn } from "@/lib/sign-in/sign-in";
import { actorsPassword, mailsOf, makeActor } from "@/lib/testing/actors";
import { queueUp } from "@/lib/testing/case-review";
import { later, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, newBrowser, passwordProof } from "@/lib/testing/people";
import type { BrowserKey } from "@/lib/trusted-browser/store";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

type Actor = Awaited<ReturnType<typeof makeActor>>;

/** Trusts the browser of somebody who is signed in; what its cookie says. */
async function trust(actor: Actor): Promise<BrowserKey> {
  const outcome = await askToWiden(actor, actorsPassword, { kind: "trust-browser" });
  if (outcome.kind !== "done" || outcome.result.kind !== "browser-trusted") {
    throw new Error("The browser was not trusted.");
  }
  return outcome.result.key;
}

let next = 0;

/** Signs in from a network never seen before, with what a browser shows. */
async function signInAnywhere({ session }: Actor, shown: BrowserKey, browserId: string) {
  const { accountId } = session;
  next += 1;
  return signIn({
    accountId,
    proof: await passwordProof(accountId),
    client: clientAt(`198.18.${Math.floor(next / 250)}.${next % 250}`),
    browserId,
    trustedBrowsers: [shown],
    callbackPath: null,
    earlier: null,
  });
}

async function entered(actor: Actor, shown: BrowserKey, browserId = actor.browserId) {
  const outcome = await signInAnywhere(actor, shown, browserId);
  if (outcome.kind !== "entered" || outcome.trustedBrowser === null) {
    throw new Error(`The sign-in was ${outcome.kind}.`);
  }
  return { key: outcome.trustedBrowser, sessionId: outcome.sessionId };
}

const isOpen = async (id: string) => (await findLiveSession(id)) !== null;

/** The browsers that a copy may be shown in: one that copied every cookie, and one that did not. */
const thieves: [string, (actor: Actor) => string][] = [
  ["every cookie of the browser", ({ browserId }) => browserId],
  ["that cookie alone", () => newBrowser()],
];

test.each(thieves)(
  "a thief who copied %s is out once the owner comes back",
  async (_, browserOf) => {
    const actor = await makeActor();
    const key = await trust(actor);
    const first = await entered(actor, key, browserOf(actor));
    later(10);
    const second = await entered(actor, first.key, browserOf(actor));
    expect([await isOpen(first.sessionId), await isOpen(second.sessionId)]).toEqual([true, true]);
    later(20);
    expect((await signInAnywhere(actor, key, actor.browserId)).kind).toBe("code-asked");
    expect([await isOpen(first.sessionId), await isOpen(second.sessionId)]).toEqual([false, false]);
    expect(await mailsOf(actor.session.accountId, "browser-copied")).toHaveLength(1);
  },
);

test.each(thieves)(
  "and the owner's is, once the thief with %s shows an old copy",
  async (_, of) => {
    const actor = await makeActor();
    const key = await trust(actor);
    const own = await entered(actor, key);
    later(10);
    expect((await signInAnywhere(actor, key, of(actor))).kind).toBe("code-asked");
    // Nobody knows which of the two is the owner; the session that trusted the browser was in it too.
    expect([await isOpen(own.sessionId), await isOpen(actor.session.id)]).toEqual([false, false]);
  },
);

test("sessions in other browsers stay: by a code, at a known place, and in another trusted one", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const key = await trust(actor);
  const other = await makeActor({ accountId });
  const atHome = await makeActor({ accountId, codeProven: false });
  const otherSession = await entered(other, await trust(other));
  const stranger = await makeActor();
  await entered(actor, key);
  later(10);
  await signInAnywhere(actor, key, actor.browserId);
  for (const id of [other.session.id, atHome.session.id, otherSession.sessionId]) {
    expect(await isOpen(id)).toBe(true);
  }
  expect(await isOpen(stranger.session.id)).toBe(true);
  expect(await isOpen(actor.session.id)).toBe(false);
});

test("without a copy nothing ends: a lost answer, and a value that was never handed out", async () => {
  const actor = await makeActor();
  const key = await trust(actor);
  const own = await entered(actor, key);
  later(0.5);
  await entered(actor, key);
  await signInAnywhere(actor, { ...own.key, generation: 99 }, newBrowser());
  expect(await isOpen(own.sessionId)).toBe(true);
});

test("at the same moment, in either order, no session of browser or copy is left", async () => {
  for (let round = 0; round < 10; round++) {
    later(0);
    const actor = await makeActor();
    const { accountId } = actor.session;
    const key = await trust(actor);
    const thief = newBrowser();
    const stolen = await entered(actor, key, thief);
    later(10);
    const again = await entered(actor, stolen.key, thief);
    later(20);
    const steps = [
      () => signInAnywhere(actor, again.key, thief),
      () => signInAnywhere(actor, key, actor.browserId),
    ];
    await queueUp(accountId, round % 2 === 0 ? steps : steps.reverse());
    const open = await db.session.count({
      where: { accountId, endedAt: null, because: "known-browser" },
    });
    expect(open, `round ${round}`).toBe(0);
    expect(await mailsOf(accountId, "browser-copied")).toHaveLength(1);
  }
});
