import { describe, expect, test } from "vitest";
import { endHeld, supersedePending } from "@/lib/challenge/challenge-store";
import { judgePending } from "@/lib/challenge/judge-pending";
import { judgeTypedCode } from "@/lib/challenge/judge-typed-code";
import { findHeld, findPending } from "@/lib/challenge/pending-store";
import { type Purpose, purposes } from "@/lib/challenge/rules/purposes";
import { sendAgain } from "@/lib/challenge/send-again";
import { subjectOf } from "@/lib/challenge/subject";
import { readClock } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import {
  type Asked,
  again,
  ask,
  find,
  ip,
  makeAsking,
  type,
} from "@/lib/testing/challenge-purposes";
import { hoursAfter, later, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount, otherCode } from "@/lib/testing/people";

testDatabase();
stoppedClock();

const [ROUNDS, FEW_ROUNDS] = [10, 3];
const network = `${ip}/32`;
const every = Object.keys(purposes) as Purpose[];

const newOne = async (purpose: Purpose) => ask(await makeAsking[purpose]());
const rowOf = ({ id }: Asked) => db.challenge.findUniqueOrThrow({ where: { id } });

async function pendingOf(asked: Asked) {
  const pending = await find(db, asked);
  if (pending === null) throw new Error("There is no challenge to be found.");
  return pending;
}

const attemptsOf = async (asked: Asked) =>
  db.codeAttempts.count({ where: { subject: subjectOf(await pendingOf(asked)), place: network } });

const kindsOf = (outcomes: { kind: string }[]) => outcomes.map(({ kind }) => kind).sort();

const atOnce = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

/** Ends a challenge as a newer one of the same holder does. */
const supersede = ({ holder, cookie }: Asked) =>
  holder === null
    ? supersedePending(db, cookie, readClock())
    : endHeld(db, holder, "superseded", readClock());

describe.each(every)("a code for %s", (purpose) => {
  test("is mailed once, to whom it is for, and counts among an account's where there is one", async () => {
    const asked = await newOne(purpose);
    const mails = await db.mail.findMany({ where: { challengeId: asked.id } });
    const pending = await pendingOf(asked);
    expect(mails).toMatchObject([
      { kind: `${purpose}-code`, recipient: pending.email, accountId: pending.accountId },
    ]);
    expect(pending).toMatchObject({
      mailsSent: 1,
      lastMailAt: readClock(),
      expiresAt: hoursAfter(1 / 6),
    });
    const filter = { id: pending.accountId ?? crypto.randomUUID() };
    const codes = (await db.account.findUnique({ where: filter }))?.codesSinceRight;
    expect(codes).toBe(purposes[purpose].of === "account" ? 1 : undefined);
  });

  test("that is right is used up, and its counts start afresh", async () => {
    const asked = await newOne(purpose);
    const { accountId } = await pendingOf(asked);
    await type(asked, otherCode(asked.code));
    expect(await attemptsOf(asked)).toBe(1);
    expect(await type(asked, ` ${asked.code.slice(0, 3)}-${asked.code.slice(3)}`)).toEqual({
      kind: "right",
    });
    expect(await attemptsOf(asked)).toBe(0);
    expect(await rowOf(asked)).toMatchObject({ endedBecause: "used", registration: null });
    if (accountId !== null) {
      const owner = await db.account.findUnique({ where: { id: accountId } });
      expect(owner?.codesSinceRight).toBe(0);
    }
    expect(await type(asked, asked.code)).toEqual({ kind: "used" });
  });

  test("blocks with the third wrong one, ends what waits there, and reaches nothing else", async () => {
    const asking = await makeAsking[purpose]();
    const other = await ask(asking);
    later(1);
    const asked = await ask(asking);
    const wrong = otherCode(asked.code);
    expect(await type(asked, wrong)).toEqual({ kind: "wrong", attemptsLeft: 2 });
    expect(await type(asked, wrong)).toEqual({ kind: "wrong", attemptsLeft: 1 });
    const until = hoursAfter(61 / 60);
    const blocked = { since: readClock(), until, because: "wrong-codes" };
    expect(await type(asked, wrong)).toMatchObject({ ...blocked, kind: "now-blocked" });
    expect(await rowOf(other)).toMatchObject({ endedBecause: "blocked", registration: null });
    later(2);
    expect(await type(asked, asked.code)).toMatchObject({ ...blocked, kind: "blocked" });
    expect(await again(asked)).toEqual({ kind: "over" });
    const stranger = await newOne(purpose);
    expect(await type(stranger, stranger.code)).toEqual({ kind: "right" });
    later(61);
    expect(await type(asked, asked.code)).toEqual({ kind: "block-over" });
    const next = await ask(asking);
    expect(await type(next, otherCode(next.code))).toEqual({ kind: "wrong", attemptsLeft: 2 });
  });

  test("forgets a wrong one after an hour without another", async () => {
    const asking = await makeAsking[purpose]();
    const asked = await ask(asking);
    await type(asked, otherCode(asked.code));
    later(59);
    const next = await ask(asking);
    expect(judgePending(await pendingOf(next), readClock()).attemptsLeft).toBe(2);
    later(60);
    expect(judgePending(await pendingOf(next), readClock()).attemptsLeft).toBe(3);
    expect(await type(next, otherCode(next.code))).toEqual({ kind: "wrong", attemptsLeft: 2 });
  });

  test("lives ten minutes, and is explained for an hour more, but not sent again (R1)", async () => {
    const asked = await newOne(purpose);
    later(10);
    expect(await type(asked, asked.code)).toEqual({ kind: "expired" });
    expect(await again(asked)).toEqual({ kind: "over" });
    expect(await attemptsOf(asked)).toBe(0);
    later(70);
    expect(await type(asked, asked.code)).toEqual({ kind: "not-found" });
  });

  test("that was replaced by a newer one counts no more", async () => {
    const asked = await newOne(purpose);
    expect(await supersede(asked)).toBe(true);
    const kind = asked.holder === null ? "superseded" : "not-found";
    expect(await type(asked, asked.code)).toEqual({ kind });
    expect(await supersede(asked)).toBe(false);
    expect(await rowOf(asked)).toMatchObject({ endedBecause: "superseded", registration: null });
  });

  test("typed twice at the same moment is right once", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const asked = await newOne(purpose);
      const outcomes = await atOnce(4, () => type(asked, asked.code));
      expect(kindsOf(outcomes)).toEqual(["right", "used", "used", "used"]);
    }
  });

  test("typed twice at the same moment is right once also where the caller takes no lock", async () => {
    for (let round = 0; round < FEW_ROUNDS; round += 1) {
      const asked = await newOne(purpose);
      const pending = await pendingOf(asked);
      const outcomes = await atOnce(4, () =>
        inTransaction((tx) => judgeTypedCode(tx, pending, { text: asked.code }, readClock())),
      );
      expect(kindsOf(outcomes)).toEqual(["right", "used", "used", "used"]);
    }
  });

  test("is guessed at three times, however many guess at the same moment, with the caller's lock or without", async () => {
    for (let round = 0; round < FEW_ROUNDS; round += 1) {
      const asked = await newOne(purpose);
      const pending = await pendingOf(asked);
      const text = otherCode(asked.code);
      const guess = (index: number) =>
        index % 2 === 0
          ? type(asked, text)
          : inTransaction((tx) => judgeTypedCode(tx, pending, { text }, readClock()));
      const outcomes = await atOnce(6, guess);
      expect(kindsOf(outcomes)).toEqual([
        ...["blocked", "blocked", "blocked", "now-blocked", "wrong", "wrong"],
      ]);
    }
  });

  test("is sent again after half a minute, three times, and its end does not move", async () => {
    const asked = await newOne(purpose);
    later(29 / 60);
    expect(await again(asked)).toEqual({ kind: "too-early", from: hoursAfter(30 / 3600) });
    for (const minute of [0.5, 1, 1.5]) {
      later(minute);
      expect(await again(asked)).toMatchObject({ kind: "sent" });
    }
    later(2);
    expect(await again(asked)).toEqual({ kind: "too-often", from: hoursAfter(1 / 6) });
    expect(await rowOf(asked)).toMatchObject({ mailsSent: 4, expiresAt: hoursAfter(1 / 6) });
    expect(await db.mail.count({ where: { challengeId: asked.id } })).toBe(4);
    expect(await type(asked, asked.code)).toEqual({ kind: "right" });
    expect(await again(asked)).toEqual({ kind: "over" });
  });

  test("is sent again once, however often that is pressed at the same moment, locked or not", async () => {
    const asked = await newOne(purpose);
    later(1);
    const pending = await pendingOf(asked);
    const press = (index: number) =>
      index % 2 === 0 ? again(asked) : inTransaction((tx) => sendAgain(tx, pending, readClock()));
    const outcomes = await atOnce(6, press);
    expect(outcomes.filter(({ kind }) => kind === "sent")).toHaveLength(1);
    expect(await db.mail.count({ where: { challengeId: asked.id } })).toBe(2);
  });

  test("is nobody else's: neither another's code, nor their id with one's own proof", async () => {
    const [mine, theirs] = [await newOne(purpose), await newOne(purpose)];
    expect(await type(mine, theirs.code)).toEqual({ kind: "wrong", attemptsLeft: 2 });
    expect((await rowOf(theirs)).endedAt).toBeNull();
    const stolen = { id: theirs.id, secretHash: mine.cookie.secretHash };
    expect(await findPending(db, stolen, readClock())).toBeNull();
    expect((await pendingOf(mine)).id).toBe(mine.id);
  });

  test("is found by what holds it and by nothing else", async () => {
    const asked = await newOne(purpose);
    const { heldBy } = purposes[purpose];
    expect((await findPending(db, asked.cookie, readClock()))?.id).toBe(
      heldBy === "cookie" ? asked.id : undefined,
    );
    const none = crypto.randomUUID();
    const strangers = [
      { purpose: "widening", sessionId: none },
      { purpose: "new-address", caseId: none },
    ] as const;
    for (const holder of strangers) expect(await findHeld(db, holder, readClock())).toBeNull();
  });

  test("that is not six digits, or is typed elsewhere where that matters, costs nothing", async () => {
    const asked = await newOne(purpose);
    expect(await type(asked, "12345")).toEqual({ kind: "not-a-code" });
    expect(await type(asked, asked.code, "198.51.100.1/32")).toEqual({ kind: "network-changed" });
    expect(await attemptsOf(asked)).toBe(0);
    expect(await type(asked, asked.code)).toEqual({ kind: "right" });
  });
});

test("no code is right for a sign-up with an address that has an account", async () => {
  const owner = await makeAccount();
  const asked = await ask({
    ...(await makeAsking["sign-up"]()),
    email: owner.email,
    holder: owner,
  });
  expect(await rowOf(asked)).toMatchObject({ accountId: owner.id, registration: null });
  expect(await type(asked, asked.code)).toEqual({ kind: "wrong", attemptsLeft: 2 });
  expect(await db.mail.findMany({ where: { challengeId: asked.id } })).toMatchObject([
    { kind: "already-have-account" },
  ]);
  const { codesSinceRight } = await db.account.findUniqueOrThrow({ where: { id: owner.id } });
  expect(codesSinceRight).toBe(0);
});

test("wrong codes of one purpose count for no other of the same account or address", async () => {
  const account = await makeAccount();
  const subjects = every.map((purpose) =>
    subjectOf({ purpose, accountId: account.id, email: account.email } as never),
  );
  expect(new Set(subjects).size).toBe(every.length);
});

test("a challenge of a purpose that only a newer version knows is nobody's", async () => {
  const asked = await newOne("sign-in");
  await db.challenge.update({ where: { id: asked.id }, data: { purpose: "from-the-future" } });
  expect(await findPending(db, asked.cookie, readClock())).toBeNull();
});
