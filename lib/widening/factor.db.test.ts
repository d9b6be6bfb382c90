import { expect, test } from "vitest";
import type { Actor } from "@/lib/account/actor";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { codeOf } from "@/lib/secrets/code";
import { actorsPassword, makeActor } from "@/lib/testing/actors";
import { later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp, addRecoveryCodes, wrongCodeOf } from "@/lib/testing/factors";
import { askToWiden } from "@/lib/widening/ask-to-widen";
import { confirmWidening } from "@/lib/widening/confirm-widening";
import { readPendingWidening, resendWideningCode } from "@/lib/widening/pending-widening";
import type { WideningRequest } from "@/lib/widening/widening-request";

testDatabase();
stoppedClock();

const requests: WideningRequest[] = [
  { kind: "add-place", network: "198.51.100.0/24", name: null },
  { kind: "trust-browser" },
  { kind: "add-address", email: "second@example.com" },
  { kind: "set-phone", phone: "+351215550100" },
  { kind: "make-recovery-codes" },
];
const [place] = requests as [WideningRequest];

const ask = (actor: Actor, request = place) => askToWiden(actor, actorsPassword, request);

/** Signed in with a mailed code, to an account that has got a factor since. */
async function owner() {
  const actor = await makeActor();
  return { actor, app: await addApp(actor.session.accountId) };
}

/** Another session of the same account, which has proven none. */
async function another({ session }: Actor): Promise<Actor> {
  const other = await makeActor({ accountId: session.accountId });
  const data = { factorProvenAt: null };
  await db.session.update({ where: { id: other.session.id }, data });
  return other;
}

const mails = ({ session }: Actor) => db.mail.count({ where: { accountId: session.accountId } });

async function mailedCode({ session }: Actor): Promise<string> {
  const challenge = await db.challenge.findFirstOrThrow({ where: { sessionId: session.id } });
  return codeOf(challenge) ?? "";
}

test.each(requests)("$kind asks for the factor and mails nothing", async (request) => {
  const { actor } = await owner();
  expect(await ask(actor, request)).toEqual({ kind: "factor-asked" });
  expect(await mails(actor)).toBe(0);
  expect(await readPendingWidening(actor.session)).toMatchObject({
    asks: "factor",
    attemptsLeft: 3,
    state: { kind: "open" },
  });
});

test.each(requests)("$kind is carried out by the factor's answer, once", async (request) => {
  const { actor, app } = await owner();
  await ask(actor, request);
  const outcomes = await Promise.all(
    [1, 2, 3].map(() => confirmWidening(actor, app.codeNow(), null)),
  );
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["done", "over", "over"]);
});

test("a session that has proven a factor needs the password alone, from then on", async () => {
  const { actor, app } = await owner();
  await ask(actor);
  await confirmWidening(actor, app.codeNow(), null);
  expect(await findLiveSession(actor.session.id)).toMatchObject({ factorProvenAt: start });
  expect((await ask(actor, { kind: "trust-browser" })).kind).toBe("done");
  const other = await another(actor);
  expect((await ask(other)).kind).toBe("factor-asked");
});

test("the six digits that a mail would have held are wrong", async () => {
  const { actor, app } = await owner();
  await ask(actor);
  const code = await mailedCode(actor);
  if (code === app.codeNow()) return;
  expect((await confirmWidening(actor, code, null)).kind).toBe("wrong");
});

test("a recovery code is an answer, and used up by it", async () => {
  const { actor } = await owner();
  const [code = ""] = await addRecoveryCodes(actor.session.accountId);
  await ask(actor);
  expect((await confirmWidening(actor, code.toLowerCase(), null)).kind).toBe("done");
  const other = await another(actor);
  await ask(other);
  expect((await confirmWidening(other, code, null)).kind).toBe("wrong");
});

test("nothing is mailed where the code is asked for again", async () => {
  const { actor } = await owner();
  await ask(actor);
  later(5);
  expect(await resendWideningCode(actor.session)).toEqual({ kind: "over" });
  expect(await mails(actor)).toBe(0);
});

test("a mailed code that was asked for before the account had a factor opens nothing any more", async () => {
  const actor = await makeActor({ codeProven: false });
  expect((await ask(actor)).kind).toBe("code-asked");
  const code = await mailedCode(actor);
  await addApp(actor.session.accountId);
  expect((await confirmWidening(actor, code, null)).kind).toBe("over");
});

test("what has the shape of no answer costs nothing; three wrong ones block such requests from here", async () => {
  const { actor, app } = await owner();
  await ask(actor);
  expect((await confirmWidening(actor, "12345", null)).kind).toBe("not-a-code");
  const wrong = wrongCodeOf(app);
  expect(await confirmWidening(actor, wrong, null)).toEqual({ kind: "wrong", attemptsLeft: 2 });
  expect(await confirmWidening(actor, wrong, null)).toEqual({ kind: "wrong", attemptsLeft: 1 });
  expect((await confirmWidening(actor, wrong, null)).kind).toBe("blocked");
  expect((await confirmWidening(actor, app.codeNow(), null)).kind).toBe("blocked");
  expect((await ask(actor)).kind).toBe("blocked");
});

test("30 answers at once judge exactly three", async () => {
  const { actor, app } = await owner();
  await ask(actor);
  const wrong = wrongCodeOf(app);
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, () => confirmWidening(actor, wrong, null)),
  );
  expect(outcomes.filter(({ kind }) => kind === "wrong")).toHaveLength(2);
  const subject = `widening:${actor.session.accountId}`;
  expect(await db.codeAttempts.findFirstOrThrow({ where: { subject } })).toMatchObject({
    wrong: 3,
  });
});
