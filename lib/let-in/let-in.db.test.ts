import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { judgePending } from "@/lib/challenge/judge-pending";
import { findPending } from "@/lib/challenge/pending-store";
import { db } from "@/lib/db/client";
import { database } from "@/lib/db/transaction";
import { listSignIns } from "@/lib/history/list-sign-ins";
import { letIn } from "@/lib/let-in/let-in";
import { findWaiting, readLetInPage } from "@/lib/let-in/let-in-page";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { newReference } from "@/lib/secrets/reference";
import { readPendingPage } from "@/lib/sign-in/pending-page";
import { usePass as goOn } from "@/lib/sign-in/use-pass";
import { findCustomer } from "@/lib/support/customer-store";
import { listAccess } from "@/lib/support/list-access";
import { seesSupportPin } from "@/lib/support-pin/support-pin";
import {
  activitiesOf,
  actorsPassword,
  addFurther,
  mailsOf,
  makeActor,
  signInFrom,
} from "@/lib/testing/actors";
import { later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, cookieOf } from "@/lib/testing/people";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

type Actor = Awaited<ReturnType<typeof makeActor>>;

const away = "198.51.100.9";

async function waitsAt(actor: Actor, ip = away) {
  const outcome = await signInFrom(actor.session.accountId, ip);
  if (outcome.kind !== "code-asked") throw new Error(outcome.kind);
  const row = await db.challenge.findUniqueOrThrow({ where: { id: outcome.challengeId } });
  return { cookie: cookieOf(outcome), number: row.letInNumber ?? 0, id: row.id, row };
}

const typed = (number: number | string, password = actorsPassword) => ({
  number: `${number}`,
  password,
});

/** A number that no open sign-in of these shows. */
const otherThan = (...numbers: number[]) =>
  [11, 12, 13, 14].find((one) => !numbers.includes(one)) ?? 15;

/** Wrong passwords that count, of whomever. */
async function wrongPasswords(): Promise<number> {
  const windows = await db.rateWindow.findMany({ select: { hits: true } });
  return windows.reduce((sum, { hits }) => sum + hits.length, 0);
}

const challengeOf = (id: string) => db.challenge.findUniqueOrThrow({ where: { id } });

test("the right number and the password let that one sign-in in, once, and no other", async () => {
  const actor = await makeActor();
  const [one, other] = [await waitsAt(actor), await waitsAt(actor, "198.51.100.10")];
  expect(await letIn(actor, typed(one.number))).toEqual({ kind: "let-in", ip: away });
  expect(await goOn(other.cookie, clientAt("198.51.100.10"))).toEqual({ kind: "none" });
  const entered = await goOn(one.cookie, clientAt(away));
  if (entered.kind !== "entered") throw new Error(entered.kind);
  expect(await findLiveSession(entered.sessionId)).toMatchObject({
    because: "let-in",
    codeProvenAt: null,
  });
  expect(await goOn(one.cookie, clientAt(away))).toEqual({ kind: "none" });
});

test("it trusts no place and no browser, and whoever came in so types a code before adding anything", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const { cookie, number } = await waitsAt(actor);
  await letIn(actor, typed(number));
  const entered = await goOn(cookie, clientAt(away));
  if (entered.kind !== "entered") throw new Error(entered.kind);
  expect(await db.trustedPlace.count({ where: { accountId } })).toBe(1);
  expect(await db.seenBrowser.count({ where: { accountId } })).toBe(0);
  const session = await findLiveSession(entered.sessionId);
  if (session === null) throw new Error("It is not open.");
  const guest = { session, client: clientAt(away), browserId: session.browserId };
  expect(await askToWiden(guest, actorsPassword, { kind: "trust-browser" })).toEqual({
    kind: "code-asked",
  });
  const next = await waitsAt(actor, "198.51.100.11");
  expect(await letIn(guest, typed(next.number))).toEqual({ kind: "not-here" });
});

test("every address is mailed of who gets in, and the activity says from where that was allowed", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  await addFurther(accountId, "second@example.com");
  const { number } = await waitsAt(actor);
  await letIn(actor, typed(number));
  const mails = await mailsOf(accountId, "let-in");
  expect(mails.map(({ recipient }) => recipient).sort()).toEqual(
    [account.email, "second@example.com"].sort(),
  );
  for (const { facts } of mails) expect(facts).toMatchObject({ ip: away });
  expect((await activitiesOf(accountId)).at(-1)).toMatchObject({
    kind: "let-in",
    ip: "203.0.113.7",
    about: { place: away },
  });
});

test("“That was not me” in that mail blocks the network that got in, and not the one that let it", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const { cookie, number } = await waitsAt(actor);
  await letIn(actor, typed(number));
  await goOn(cookie, clientAt(away));
  const filter = { accountId, purpose: "not-me" };
  const link = await db.accountLink.findFirstOrThrow({
    where: filter,
    orderBy: { createdAt: "desc" },
  });
  const pressed = await pressNotMe(linkTokenOf("not-me", link), clientAt("192.0.2.200"));
  expect(pressed).toMatchObject({ kind: "secured", blockedUntil: expect.any(Date) });
  expect(await db.session.count({ where: { accountId, endedAt: null } })).toBe(0);
  const blocked = await db.codeAttempts.findMany({ where: { subject: accountId } });
  expect(blocked.map(({ place }) => place)).toEqual([`${away}/32`]);
});

test("a wrong number counts on every sign-in that waits; the third ends them, and their page says why", async () => {
  const actor = await makeActor();
  const [one, other] = [await waitsAt(actor), await waitsAt(actor, "198.51.100.10")];
  const wrong = otherThan(one.number, other.number);
  expect(await letIn(actor, typed(wrong))).toEqual({ kind: "number-wrong", left: 2 });
  expect(await letIn(actor, typed(wrong))).toEqual({ kind: "number-wrong", left: 1 });
  expect((await challengeOf(one.id)).endedAt).toBeNull();
  expect(await letIn(actor, typed(wrong))).toEqual({ kind: "number-wrong", left: 0 });
  for (const { id, cookie } of [one, other]) {
    const row = await challengeOf(id);
    expect(row).toMatchObject({ endedBecause: "wrong-numbers", letInWrong: 3 });
    // For a version before, which does not know the cause.
    expect(row.expiresAt).toEqual(start);
    expect((await readPendingPage(cookie))?.state).toEqual({
      kind: "shut-out",
      because: "wrong-numbers",
    });
  }
  expect(await letIn(actor, typed(one.number))).toEqual({ kind: "none-waiting" });
  expect(await mailsOf(actor.session.accountId, "let-in")).toEqual([]);
});

test("a sign-in that began after two wrong numbers has three of its own", async () => {
  const actor = await makeActor();
  const one = await waitsAt(actor);
  await letIn(actor, typed(otherThan(one.number)));
  await letIn(actor, typed(otherThan(one.number)));
  const late = await waitsAt(actor, "198.51.100.10");
  const wrong = otherThan(one.number, late.number);
  expect(await letIn(actor, typed(wrong))).toEqual({ kind: "number-wrong", left: 2 });
  expect((await challengeOf(one.id)).endedBecause).toBe("wrong-numbers");
  expect(await letIn(actor, typed(late.number))).toMatchObject({ kind: "let-in" });
});

test("what is not two digits, or lacks the password, is a form error and costs nothing", async () => {
  const actor = await makeActor();
  const { id, number } = await waitsAt(actor);
  const before = await wrongPasswords();
  for (const [text, error] of [
    ["", "numberMissing"],
    ["7", "numberNotTwoDigits"],
    ["123456", "numberNotTwoDigits"],
  ] as const) {
    expect(await letIn(actor, typed(text, "wrong"))).toEqual({
      kind: "invalid",
      errors: { number: error },
    });
  }
  expect(await letIn(actor, typed(number, ""))).toEqual({
    kind: "invalid",
    errors: { password: "passwordMissing" },
  });
  expect((await challengeOf(id)).letInWrong).toBe(0);
  expect(await wrongPasswords()).toBe(before);
});

test("a wrong password counts as one elsewhere, and no number is compared", async () => {
  const actor = await makeActor();
  const { id, number } = await waitsAt(actor);
  const before = await wrongPasswords();
  expect(await letIn(actor, typed(number, "wrong"))).toEqual({ kind: "password-wrong" });
  expect(await letIn(actor, typed(otherThan(number), "wrong"))).toEqual({ kind: "password-wrong" });
  expect(await challengeOf(id)).toMatchObject({ letInWrong: 0, passUntil: null });
  expect(await wrongPasswords()).toBeGreaterThan(before);
});

const mayNot: Record<string, (actor: Actor) => Promise<unknown>> = {
  staff: ({ session: { accountId: id } }) =>
    db.account.update({ where: { id }, data: { role: "support" } }),
  factor: ({ session: { accountId } }) =>
    db.authenticatorApp.create({
      data: {
        ...{ accountId, name: "Phone", sealedKey: new Uint8Array(20) },
        ...{ createdAt: new Date(), confirmedAt: new Date() },
      },
    }),
  "case-open": ({ session: { accountId } }) =>
    db.recoveryCase.create({
      data: {
        ...{ reference: newReference(), secretId: "x", accountId, accountEmail: "x" },
        ...{ proof: "password", state: "open", userAgent: "", locale: "en" },
        ...{ createdAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) },
      },
    }),
  "not-here": ({ session: { accountId } }) => db.trustedPlace.deleteMany({ where: { accountId } }),
};

test.each(Object.entries(mayNot))(
  "%s: nobody is let in, nothing is shown, and what was allowed before is worth nothing",
  async (kind, happens) => {
    const actor = await makeActor();
    const { cookie, number } = await waitsAt(actor);
    const late = await waitsAt(actor, "198.51.100.10");
    await letIn(actor, typed(number));
    expect(await findWaiting(actor.session, actor.client)).toHaveLength(1);
    await happens(actor);
    const before = await wrongPasswords();
    expect(await letIn(actor, typed(late.number, "wrong"))).toEqual({ kind });
    expect(await letIn(actor, typed(late.number))).toEqual({ kind });
    expect(await readLetInPage(actor.session, actor.client)).toEqual({ may: kind, waiting: [] });
    expect(await findWaiting(actor.session, actor.client)).toEqual([]);
    expect(await wrongPasswords()).toBe(before);
    // A place that is trusted no more takes nothing back of what was allowed while it was.
    const outcome = await goOn(cookie, clientAt(away));
    expect(outcome.kind).toBe(kind === "not-here" ? "entered" : "none");
  },
);

test("no-code: a neighbour behind a known address, with the password alone, lets nobody in", async () => {
  const owner = await makeActor();
  const { accountId } = owner.session;
  const neighbour = await makeActor({ accountId, codeProven: false });
  const { number } = await waitsAt(owner);
  expect(await letIn(neighbour, typed(number))).toEqual({ kind: "no-code" });
  expect(await findWaiting(neighbour.session, neighbour.client)).toEqual([]);
});

test("a session that began elsewhere may, as soon as it is used from a trusted place", async () => {
  const actor = await makeActor({ trusted: ["203.0.113.70"] });
  const { number } = await waitsAt(actor);
  expect(await letIn(actor, typed(number))).toEqual({ kind: "not-here" });
  const home = { ...actor, client: clientAt("203.0.113.70") };
  expect(await letIn(home, typed(number))).toMatchObject({ kind: "let-in" });
});

test("another account's sign-in is not let in by its number", async () => {
  const [actor, other] = [await makeActor(), await makeActor()];
  const { id, number } = await waitsAt(other);
  expect(await letIn(actor, typed(number))).toEqual({ kind: "none-waiting" });
  expect((await challengeOf(id)).passUntil).toBeNull();
});

test("the list shows who waits, the latest first, and no number", async () => {
  const actor = await makeActor();
  const [one, other] = [await waitsAt(actor), await waitsAt(actor, "198.51.100.10")];
  const { may, waiting } = await readLetInPage(actor.session, actor.client);
  expect(may).toBe("allowed");
  expect(waiting.map(({ ip }) => ip)).toHaveLength(2);
  expect(new Set(waiting.map(({ ip }) => ip))).toEqual(new Set([away, "198.51.100.10"]));
  expect(waiting[0]).toMatchObject({ browser: "Firefox 145", system: "Linux" });
  for (const { number, id } of [one, other]) {
    expect(JSON.stringify(waiting)).not.toContain(id);
    expect(waiting.flatMap((each) => Object.values(each))).not.toContain(number);
  }
});

test("it goes on from the browser and network that asked, and not later than its code", async () => {
  const actor = await makeActor();
  const { cookie, number, row } = await waitsAt(actor);
  await letIn(actor, typed(number));
  expect((await challengeOf(row.id)).passUntil).toEqual(row.expiresAt);
  expect(await goOn(cookie, clientAt("198.51.100.77"))).toEqual({ kind: "network-changed" });
  const stolen = { ...cookie, secretHash: new Uint8Array(32) };
  expect(await goOn(stolen, clientAt(away))).toEqual({ kind: "none" });
  later(10);
  expect(await goOn(cookie, clientAt(away))).toEqual({ kind: "none" });
});

test("an expired sign-in is not let in, and shows nowhere", async () => {
  const actor = await makeActor();
  const { number } = await waitsAt(actor);
  later(10);
  expect(await letIn(actor, typed(number))).toEqual({ kind: "none-waiting" });
  expect(await findWaiting(actor.session, actor.client)).toEqual([]);
});

test("its page shows the number until it is let in, then that it was", async () => {
  const actor = await makeActor();
  const { cookie, number } = await waitsAt(actor);
  expect(await readPendingPage(cookie)).toMatchObject({ letInNumber: number, passUntil: null });
  await letIn(actor, typed(number));
  expect(await readPendingPage(cookie)).toMatchObject({
    passBecause: "let-in",
    passUntil: expect.any(Date),
    state: { kind: "open" },
  });
});

test("support and the customer's history say who let it in, and its session shows no support PIN", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const { cookie, number } = await waitsAt(actor);
  await letIn(actor, typed(number));
  const customer = await findCustomer(database, accountId);
  if (customer === null) throw new Error("The account is gone.");
  const { pending } = await listAccess(database, customer, new Date());
  expect(pending).toMatchObject([{ ip: away, passBecause: "let-in" }]);
  const entered = await goOn(cookie, clientAt(away));
  const { signIns } = await listSignIns(actor.session, { filter: "in", after: null });
  expect(signIns).toMatchObject([{ verdict: "enteredByLetIn", ip: away }]);
  const session = entered.kind === "entered" ? await findLiveSession(entered.sessionId) : null;
  expect(session && seesSupportPin(session)).toBe(false);
});

test("a sign-in that asks for a second factor is not let in, also once there is none", async () => {
  const actor = await makeActor();
  const { id, number } = await waitsAt(actor);
  await db.challenge.update({ where: { id }, data: { asks: "factor" } });
  expect(await letIn(actor, typed(number))).toEqual({ kind: "none-waiting" });
});

test("its code still counts until it goes on", async () => {
  const actor = await makeActor();
  const { cookie, number } = await waitsAt(actor);
  await letIn(actor, typed(number));
  const pending = await findPending(database, cookie, new Date());
  if (pending === null) throw new Error("It is gone.");
  expect(judgePending(pending, new Date()).verdict.kind).toBe("admitted");
});
