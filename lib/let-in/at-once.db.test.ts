import { expect, test } from "vitest";
import { endSession } from "@/lib/account/session-store";
import { LET_IN_NUMBERS } from "@/lib/challenge/rules/limits";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import { letIn } from "@/lib/let-in/let-in";
import { codeOf } from "@/lib/secrets/code";
import { readPendingPage } from "@/lib/sign-in/pending-page";
import { usePass as goOn } from "@/lib/sign-in/use-pass";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { actorsPassword, mailsOf, makeActor, signInFrom } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, cookieOf } from "@/lib/testing/people";
import { sharedIp, takers } from "@/lib/testing/taking-away";
import { countWaiting } from "@/lib/testing/waiting";

testDatabase();

const ROUNDS = 10;
const away = clientAt("198.51.100.9");

type Actor = Awaited<ReturnType<typeof makeActor>>;
type Press = () => Promise<{ kind: string }>;

const owner = () => makeActor({ ip: sharedIp });

async function waitsFor({ session }: Pick<Actor, "session">) {
  const outcome = await signInFrom(session.accountId, "198.51.100.9");
  if (outcome.kind !== "code-asked") throw new Error(outcome.kind);
  const row = await db.challenge.findUniqueOrThrow({ where: { id: outcome.challengeId } });
  const typed = { number: `${row.letInNumber}`, password: actorsPassword };
  return { cookie: cookieOf(outcome), typed, row };
}

/** Presses twice while the account is held: both are under way, and then decided as the lock has them. */
async function whileHeld(accountId: string, presses: readonly [Press, Press]): Promise<string[]> {
  let done = 0;
  const running = await inTransaction(async (tx) => {
    await lockSubject(tx, accountId);
    const begun: Promise<{ kind: string }>[] = [];
    for (const press of presses) {
      const pressed = press();
      const counted = () => {
        done += 1;
      };
      pressed.then(counted, counted);
      begun.push(pressed);
      const isUnderWay = async () => (await countWaiting()) + done >= begun.length;
      await expect.poll(isUnderWay).toBe(true);
    }
    return begun;
  });
  return (await Promise.all(running)).map(({ kind }) => kind);
}

const sessionsAway = (accountId: string) =>
  db.session.count({ where: { accountId, ip: away.ip, endedAt: null } });

/** Takes all numbers of an account but some, by sign-ins that wait. */
async function takeAllBut(accountId: string, free: number): Promise<void> {
  const { row } = await waitsFor({ session: (await makeActor({ accountId })).session });
  const { purpose, email, place, userAgent, browserId, secretHash, secretId, locale } = row;
  const { lastMailAt, createdAt, expiresAt } = row;
  const like = {
    ...{ purpose, accountId, email, place, userAgent, browserId, secretHash, secretId, locale },
    ...{ lastMailAt, createdAt, expiresAt },
  };
  const numbers = Array.from({ length: 90 - free }, (_each, index) => LET_IN_NUMBERS.first + index);
  await db.challenge.deleteMany({ where: { id: row.id } });
  await db.challenge.createMany({
    data: numbers.map((letInNumber) => ({ ...like, letInNumber })),
  });
}

test("sign-ins at the same moment never show the same number", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { session } = await owner();
    const { accountId } = session;
    await takeAllBut(accountId, 4);
    await db.account.update({ where: { id: accountId }, data: { codesSinceRight: 0 } });
    const before = new Date();
    await db.challenge.updateMany({
      where: { accountId },
      data: { createdAt: new Date(before.getTime() - 7_200_000) },
    });
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map((last) => signInFrom(accountId, `198.51.100.${last}`)),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(4).fill("code-asked"));
    const rows = await db.challenge.findMany({ where: { accountId, endedAt: null } });
    const numbers = rows.map(({ letInNumber }) => letInNumber);
    expect(numbers).not.toContain(null);
    expect(new Set(numbers).size).toBe(90);
    expect(Math.max(...numbers.map(Number))).toBe(LET_IN_NUMBERS.last);
  }
});

test("where all ninety are taken, the next has none and its page shows none; one that ended is free again", async () => {
  const { session } = await owner();
  const { accountId } = session;
  await takeAllBut(accountId, 0);
  await db.challenge.updateMany({
    where: { accountId },
    data: { createdAt: new Date(Date.now() - 7_200_000) },
  });
  const none = await waitsFor({ session });
  expect(none.row.letInNumber).toBeNull();
  expect(await readPendingPage(none.cookie)).toMatchObject({ letInNumber: null });
  const free = { accountId, letInNumber: 57 };
  await db.challenge.updateMany({ where: free, data: { expiresAt: new Date() } });
  expect((await waitsFor({ session })).row.letInNumber).toBe(57);
});

test("two sessions that let the same sign-in in at the same moment do it once", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const first = await owner();
    const { accountId } = first.session;
    const second = await makeActor({ accountId, ip: sharedIp });
    const { cookie, typed } = await waitsFor(first);
    const outcomes = await Promise.all([letIn(first, typed), letIn(second, typed)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["already", "let-in"]);
    expect(await mailsOf(accountId, "let-in")).toHaveLength(1);
    const used = await Promise.all([1, 2, 3].map(() => goOn(cookie, away)));
    expect(used.filter(({ kind }) => kind === "entered")).toHaveLength(1);
    expect(await sessionsAway(accountId)).toBe(1);
  }
});

test("30 wrong numbers at the same moment end the sign-in at the third, and a right one is too late", async () => {
  const actor = await owner();
  const { row, typed } = await waitsFor(actor);
  const wrong = { ...typed, number: row.letInNumber === 11 ? "12" : "11" };
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => letIn(actor, wrong)));
  const kinds = outcomes.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "number-wrong")).toHaveLength(3);
  // Each holds a right password until it is known to be one.
  const rest = kinds.filter((kind) => kind === "none-waiting" || kind === "too-many");
  expect(rest).toHaveLength(27);
  expect(await letIn(actor, typed)).toEqual({ kind: "none-waiting" });
});

test("let in and a right code at the same moment begin one session", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const actor = await owner();
    const { cookie, typed, row } = await waitsFor(actor);
    await letIn(actor, typed);
    const code = codeOf(row) ?? "";
    const pass = () => goOn(cookie, away);
    const verify = () => verifyCode({ typed: code, cookie, shown: null, client: away });
    await Promise.all(round % 2 === 0 ? [pass(), verify()] : [verify(), pass()]);
    expect(await sessionsAway(actor.session.accountId)).toBe(1);
  }
});

test("a session that signs out at the same moment lets in before that, or not at all", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const actor = await owner();
    const { cookie, typed } = await waitsFor(actor);
    const out = () => endSession(actor.session.id);
    const enter = () => letIn(actor, typed);
    const [one, other] = await Promise.all(round % 2 === 0 ? [out(), enter()] : [enter(), out()]);
    const { kind } = (one ?? other) as Awaited<ReturnType<typeof letIn>>;
    expect(["let-in", "signed-out"]).toContain(kind);
    const used = await goOn(cookie, away);
    expect(used.kind).toBe(kind === "let-in" ? "entered" : "none");
  }
});

/** Lets in and takes away at once, in turn each first; what came of letting in, and of going on then. */
async function round(prepare: (typeof takers)[string]["prepare"], takesFirst: boolean) {
  const actor = await owner();
  const { accountId: id, account } = actor.session;
  const press = await prepare({ id, email: account.email });
  const { cookie, typed } = await waitsFor(actor);
  const enter = () => letIn(actor, typed);
  const kinds = await whileHeld(id, takesFirst ? [press, enter] : [enter, press]);
  const used = await goOn(cookie, away);
  return { entering: kinds[takesFirst ? 1 : 0], used: used.kind, accountId: id };
}

for (const [name, { prepare }] of Object.entries(takers)) {
  const takesPlace = name.includes("place");
  const says = takesPlace ? "let in before that, or not at all" : "nobody gets in";
  test(`${name} at the same moment: ${says}`, async () => {
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      const { entering, used, accountId } = await round(prepare, turn % 2 === 0);
      expect(["let-in", "signed-out", "not-here", "case-open"]).toContain(entering);
      const isIn = takesPlace && entering === "let-in";
      expect(used).toBe(isIn ? "entered" : "none");
      expect(await sessionsAway(accountId)).toBe(isIn ? 1 : 0);
    }
  });
}
