import { expect, test } from "vitest";
import type { Actor } from "@/lib/account/actor";
import { db } from "@/lib/db/client";
import { findPress } from "@/lib/not-me/find-press";
import { heldBySession } from "@/lib/passkeys/held-by-session";
import { judgeNewPasskey } from "@/lib/passkeys/judge-new-passkey";
import { takeAnswer } from "@/lib/passkeys/judge-passkey-answer";
import { PASSKEYS_PER_ACCOUNT } from "@/lib/passkeys/rules/limits";
import { codeOf } from "@/lib/secrets/code";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { activitiesOf, actorsPassword, mailsOf, makeActor } from "@/lib/testing/actors";
import { Authenticator, type Odd, strangeKey } from "@/lib/testing/authenticator";
import { later, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { askToMake, askToUse, givePasskey } from "@/lib/testing/passkeys";
import { keepOffered, keptPasskey } from "@/lib/two-step/add-passkey";
import { judgeChange, narrowPasskey, renamePasskey } from "@/lib/two-step/change-passkey";
import { readPasskeys } from "@/lib/two-step/passkeys-page";
import { removeFactor } from "@/lib/two-step/remove-factor";
import { askToWiden } from "@/lib/widening/ask-to-widen";
import { confirmWidening } from "@/lib/widening/confirm-widening";
import { waitingPasskey } from "@/lib/widening/pending-widening";
import type { WideningRequest } from "@/lib/widening/widening-request";

testDatabase();
stoppedClock();

const secondStep = { signsIn: false, isSecondStep: true };
const both = { signsIn: true, isSecondStep: true };

/** What a browser made, as a request asks for it. */
async function requestFor(
  actor: Actor,
  consents = secondStep,
  authenticator = new Authenticator(),
): Promise<WideningRequest> {
  const holder = heldBySession(actor, "add");
  const { ceremony, create } = await askToMake(holder);
  const made = await judgeNewPasskey({ ceremony, text: authenticator.create(create) }, holder);
  if (made.kind !== "made") throw new Error(made.because);
  return { kind: "add-passkey", passkey: keptPasskey(made.passkey), ...consents };
}

/** What stands in an account's activity of its passkeys, and how many mails were sent of each. */
async function recordedOf(accountId: string) {
  const recorded = [];
  for (const { kind, about } of await activitiesOf(accountId)) {
    recorded.push([kind, about, (await mailsOf(accountId, kind)).length]);
  }
  return recorded;
}

const passkeysOf = ({ session: { accountId } }: Actor) =>
  db.passkey.findMany({ where: { accountId }, orderBy: { createdAt: "asc" } });

test("the password adds a passkey in a session that began with a code: mailed, in activity, proven", async () => {
  const actor = await makeActor();
  const outcome = await askToWiden(actor, actorsPassword, await requestFor(actor, both));
  expect(outcome).toEqual({
    kind: "done",
    result: { kind: "passkey-added", name: "Passkey", needsCodes: true },
  });
  expect(await passkeysOf(actor)).toMatchObject([{ ...both, name: "Passkey", rpId: "localhost" }]);
  const { accountId, id } = actor.session;
  const about = { what: "passkey", name: "Passkey", may: "both" };
  expect(await recordedOf(accountId)).toEqual([["factor-added", about, 1]]);
  const session = await db.session.findUniqueOrThrow({ where: { id } });
  expect(session.factorProvenAt).not.toBeNull();
});

test("a wrong password adds nothing, and a neighbour's session asks for a code first", async () => {
  const actor = await makeActor({ codeProven: false });
  const wrong = await askToWiden(actor, "wrong", await requestFor(actor));
  expect(wrong).toEqual({ kind: "password-wrong" });
  const request = await requestFor(actor);
  expect(await askToWiden(actor, actorsPassword, request)).toEqual({ kind: "code-asked" });
  expect(await passkeysOf(actor)).toEqual([]);
  // Its browser must not forget what waits for the code.
  const waiting = await waitingPasskey(actor.session);
  expect(request).toMatchObject({ passkey: { credentialId: waiting } });
  expect((await readPasskeys(actor.session, waiting)).known?.credentialIds).toEqual([waiting]);
  const challenge = await db.challenge.findFirstOrThrow({
    where: { sessionId: actor.session.id },
  });
  const confirmed = await confirmWidening(actor, codeOf(challenge) ?? "", null);
  expect(confirmed).toMatchObject({ result: { kind: "passkey-added" } });
  expect(await passkeysOf(actor)).toHaveLength(1);
});

test("a passkey that an account has is added to no other, nor twice", async () => {
  const [one, other] = [await makeActor(), await makeActor()];
  const authenticator = new Authenticator();
  await askToWiden(one, actorsPassword, await requestFor(one, secondStep, authenticator));
  for (const actor of [one, other]) {
    const request = await requestFor(actor, secondStep, authenticator);
    const outcome = await askToWiden(actor, actorsPassword, request);
    // Whoever has a factor is asked for it, unless they have proven it: the first one has.
    expect(outcome).toMatchObject({ result: { kind: "passkey-known" } });
  }
});

test("an account has ten at most, of those that are added at once too", async () => {
  const actor = await makeActor();
  const requests = await Promise.all(Array.from({ length: 15 }, () => requestFor(actor, both)));
  const outcomes = await Promise.all(
    requests.map((request) => askToWiden(actor, actorsPassword, request)),
  );
  const kinds = outcomes.map((outcome) => (outcome.kind === "done" ? outcome.result.kind : ""));
  expect(kinds.filter((kind) => kind === "passkey-added")).toHaveLength(PASSKEYS_PER_ACCOUNT);
  expect(kinds.filter((kind) => kind === "passkey-too-many")).toHaveLength(5);
  expect(await passkeysOf(actor)).toHaveLength(PASSKEYS_PER_ACCOUNT);
  expect((await readPasskeys(actor.session, null)).mayAdd).toBe(false);
});

test("what a browser made by itself is notified of, and opens nothing until its owner says so", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const holder = heldBySession(actor, "offer");
  const { ceremony, create } = await askToMake(holder);
  const text = new Authenticator().create(create, { up: false, uv: false });
  const made = await judgeNewPasskey({ ceremony, text }, holder);
  if (made.kind !== "made") throw new Error(made.because);
  expect(await keepOffered(db, actor, made.passkey, new Date())).toEqual({ kind: "kept" });
  const [passkey] = await passkeysOf(actor);
  expect(passkey).toMatchObject({ signsIn: false, isSecondStep: false });
  const [mail] = await mailsOf(accountId, "passkey-made");
  expect(mail?.facts).toMatchObject({ about: { name: "Passkey", may: "nothing" } });
  const asked = { id: passkey?.id ?? "", signsIn: true, isSecondStep: false };
  expect((await judgeChange(actor.session, asked.id, asked))?.verdict.kind).toBe("widens");
  const outcome = await askToWiden(actor, actorsPassword, { kind: "allow-passkey", ...asked });
  expect(outcome).toMatchObject({ result: { kind: "passkey-allowed" } });
  expect(await passkeysOf(actor)).toMatchObject([{ signsIn: true, isSecondStep: false }]);
  const about = { what: "passkey", name: "Passkey" };
  expect(await recordedOf(accountId)).toEqual([
    ["passkey-made", { ...about, may: "nothing" }, 1],
    ["passkey-changed", { ...about, may: "sign-in" }, 1],
  ]);
});

test("less takes the password, and a second step is never taken away so", async () => {
  const actor = await makeActor();
  await givePasskey(actor, both);
  const [passkey] = await passkeysOf(actor);
  const id = passkey?.id ?? "";
  expect(await narrowPasskey(actor, "wrong", { id, ...secondStep })).toEqual({
    kind: "password-wrong",
  });
  expect(await narrowPasskey(actor, actorsPassword, { id, ...secondStep })).toMatchObject({
    kind: "passkey-allowed",
  });
  const signsInAlone = { id, signsIn: true, isSecondStep: false };
  await narrowPasskey(actor, actorsPassword, signsInAlone);
  expect(await passkeysOf(actor)).toMatchObject([secondStep]);
  // What was only taken is notified of too, once: a second step that stays is no change.
  const about = { what: "passkey", name: "Passkey", may: "second-step" };
  expect(await recordedOf(actor.session.accountId)).toEqual([["passkey-changed", about, 1]]);
});

test("the link of what was given takes it back, the link of what was taken gives nothing", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  await givePasskey(actor, { signsIn: false });
  const [passkey] = await passkeysOf(actor);
  const id = passkey?.id ?? "";
  // The session has shown it: what gives more asks an account with a factor for one.
  await db.session.update({
    where: { id: actor.session.id },
    data: { factorProvenAt: new Date() },
  });
  const proven = { ...actor, session: { ...actor.session, factorProvenAt: new Date() } };
  await askToWiden(proven, actorsPassword, { kind: "allow-passkey", id, ...both });
  later(1);
  await narrowPasskey(proven, actorsPassword, { id, ...secondStep });
  const links = await db.accountLink.findMany({
    where: { accountId },
    orderBy: { createdAt: "asc" },
  });
  const undone = [];
  for (const link of links) {
    undone.push((await findPress(db, linkTokenOf("not-me", link), new Date()))?.press.undo);
  }
  expect(undone).toEqual([{ kind: "factor", what: "passkey", factorId: id, isFirst: false }, null]);
});

test("names are names, and those of another account's are not touched", async () => {
  const [actor, other] = [await makeActor(), await makeActor()];
  await givePasskey(actor);
  const [passkey] = await passkeysOf(actor);
  const id = passkey?.id ?? "";
  expect(await renamePasskey(actor, id, "  Laptop ")).toEqual({
    kind: "passkey-renamed",
    name: "Laptop",
  });
  expect(await renamePasskey(actor, id, "")).toMatchObject({ kind: "invalid" });
  expect(await renamePasskey(other, id, "Mine")).toEqual({ kind: "passkey-gone" });
  expect(await judgeChange(other.session, id, both)).toBeNull();
  expect(await passkeysOf(actor)).toMatchObject([{ name: "Laptop" }]);
  // Once, though it was typed so twice; and nobody is mailed of a name.
  await renamePasskey(actor, id, "Laptop");
  const about = { what: "passkey", name: "Laptop", nameBefore: "Passkey" };
  expect(await recordedOf(actor.session.accountId)).toEqual([["passkey-renamed", about, 0]]);
});

test.each(["the removal first", "the adding first"])(
  "one is added while another is removed, %s: ten rounds",
  async (order) => {
    for (let round = 0; round < 10; round += 1) {
      const actor = await makeActor();
      await givePasskey(actor, { signsIn: true, isSecondStep: false });
      const [passkey] = await passkeysOf(actor);
      const asked = { what: "passkey", id: passkey?.id ?? "", answer: "" } as const;
      const request = await requestFor(actor, both);
      const remove = () => removeFactor(actor, { ...asked, password: actorsPassword });
      const add = () => askToWiden(actor, actorsPassword, request);
      const steps = order === "the removal first" ? [remove, add] : [add, remove];
      const outcomes = await Promise.all(steps.map((step) => step()));
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["done", "removed"]);
      expect(await passkeysOf(actor)).toMatchObject([both]);
    }
  },
);

/** What a passkey answers to a session. */
async function answerOf(actor: Actor, authenticator: Authenticator, odd: Odd = {}) {
  const holder = heldBySession(actor, "confirm");
  const { ceremony, get } = await askToUse(holder);
  const taken = await takeAnswer({ ceremony, text: authenticator.get(get, odd) }, holder);
  if (taken.kind === "refused") throw new Error(taken.because);
  return taken.taken;
}

test("a passkey is removed by another one's answer, and never by its own while there is another", async () => {
  const actor = await makeActor();
  const [first, second] = [await givePasskey(actor, both), await givePasskey(actor, both)];
  const [passkey] = await passkeysOf(actor);
  const asked = { what: "passkey", id: passkey?.id ?? "", answer: "" } as const;
  const remove = async (authenticator: Authenticator, odd: Odd = {}) =>
    removeFactor(actor, {
      ...asked,
      password: actorsPassword,
      passkey: await answerOf(actor, authenticator, odd),
    });
  expect(await remove(first)).toEqual({ kind: "passkey-refused", because: "itself" });
  expect(await remove(second, { signedBy: strangeKey() })).toEqual({
    kind: "passkey-refused",
    because: "wrong",
  });
  expect(await passkeysOf(actor)).toHaveLength(2);
  expect(await remove(second)).toMatchObject({ kind: "removed", wasLast: false });
  expect(await remove(second)).toMatchObject({ kind: "unknown" });
});

test("a request that asks for a factor is confirmed by a passkey, which proves the session", async () => {
  const actor = await makeActor();
  const authenticator = await givePasskey(actor, both);
  const place = { kind: "add-place", network: "198.51.100.0/24", name: null } as const;
  expect(await askToWiden(actor, actorsPassword, place)).toEqual({ kind: "factor-asked" });
  const wrong = await answerOf(actor, authenticator, { uv: false });
  expect(await confirmWidening(actor, "", null, wrong)).toEqual({
    kind: "passkey-refused",
    because: "not-verified",
  });
  const right = await answerOf(actor, authenticator);
  expect(await confirmWidening(actor, "", null, right)).toMatchObject({
    result: { kind: "place-added" },
  });
  const { id } = actor.session;
  const session = await db.session.findUniqueOrThrow({ where: { id } });
  expect(session.factorProvenAt).not.toBeNull();
});
