import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { type Database, inTransaction } from "@/lib/db/transaction";
import { resetEnvironment } from "@/lib/env/env";
import { codeOf } from "@/lib/secrets/code";
import { SESSIONS_PER_ACCOUNT } from "@/lib/secrets/limits";
import { TRUSTED_PLACES_PER_ACCOUNT } from "@/lib/sign-in/rules/limits";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { mailsOf } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import {
  clientAt,
  cookieOf,
  makeAccount,
  newBrowser,
  otherCode,
  passwordProof,
} from "@/lib/testing/people";
import { countWaiting } from "@/lib/testing/waiting";

testDatabase();

beforeAll(() => {
  process.env.ACCOUNT_CODES_PER_HOUR = "10";
  resetEnvironment();
});

const home = clientAt("203.0.113.7");

async function requestOf(accountId: string, client = home) {
  const proof = await passwordProof(accountId);
  const request = { accountId, proof, client, browserId: newBrowser(), callbackPath: null };
  return { ...request, earlier: null };
}

/** A code that was asked for, and its typing. */
async function asked(accountId: string, client = home) {
  const request = await requestOf(accountId, client);
  const outcome = await signIn(request);
  if (outcome.kind !== "code-asked") throw new Error(outcome.kind);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: outcome.challengeId } });
  const code = codeOf(challenge) ?? "";
  const cookie = cookieOf(outcome);
  const type = (typed = code) => verifyCode({ typed, cookie, shown: null, client });
  return { request, cookie, code, type };
}

const sessionsOf = (accountId: string) => db.session.count({ where: { accountId, endedAt: null } });

type Change = (tx: Database, id: string) => Promise<unknown>;
const rename: Change = (tx, id) => tx.account.update({ where: { id }, data: { name: "Rita" } });
const endCodes: Change = async (tx, accountId) => {
  await lockSubject(tx, accountId);
  const data = { endedAt: new Date(), endedBecause: "superseded" };
  await tx.challenge.updateMany({ where: { accountId }, data });
};

/** Does something once an account was read by it, and written by a change that is not over yet. */
async function during<T>(accountId: string, change: Change, work: () => Promise<T>): Promise<T> {
  let running: Promise<T> | undefined;
  await inTransaction(async (tx) => {
    await change(tx, accountId);
    running = work();
    await expect.poll(countWaiting).toBe(1);
  });
  if (running === undefined) throw new Error("Nothing was begun.");
  return running;
}

test.each<[string, Change, string]>([
  ["what no sign-in is judged by", rename, "right"],
  ["a lock that changes nothing", lockSubject, "right"],
  ["the end of its codes", endCodes, "superseded"],
])(
  "a right code that is read just before %s is judged by what the account is then",
  async (_, change, kind) => {
    const { id } = await makeAccount();
    const { type } = await asked(id);
    const outcome = await during(id, change, type);
    expect(outcome.kind).toBe(kind);
    expect(await sessionsOf(id)).toBe(kind === "right" ? 1 : 0);
    expect(await db.trustedPlace.count({ where: { accountId: id } })).toBe(
      kind === "right" ? 1 : 0,
    );
  },
);

test.each<[string, Change, string, number]>([
  ["what no sign-in is judged by", rename, "code-asked", 1],
  ["a lock that changes nothing", lockSubject, "code-asked", 1],
  [
    "another password",
    async (tx, id) => {
      await lockSubject(tx, id);
      await tx.account.update({ where: { id }, data: { passwordChangedAt: new Date() } });
    },
    "no-longer-proven",
    0,
  ],
])(
  "a sign-in that is read just before %s is judged by what the account is then",
  async (_, change, kind, mails) => {
    const { id } = await makeAccount();
    const request = await requestOf(id);
    const outcome = await during(id, change, () => signIn(request));
    expect(outcome.kind).toBe(kind);
    expect(await mailsOf(id, "sign-in-code")).toHaveLength(mails);
    expect(await db.challenge.count({ where: { accountId: id } })).toBe(mails);
  },
);

test("a right code of who becomes staff at that moment trusts no network", async () => {
  const { id } = await makeAccount();
  const { type } = await asked(id);
  const promote: Change = async (tx) => {
    await lockSubject(tx, id);
    await tx.account.update({ where: { id }, data: { role: "support" } });
  };
  expect(await during(id, promote, type)).toMatchObject({ kind: "right", place: "of-staff" });
  expect(await db.trustedPlace.count({ where: { accountId: id } })).toBe(0);
});

test("a sign-in to another account in this browser ends a code that is typed at that moment", async () => {
  const [mine, other] = [await makeAccount(), await makeAccount()];
  const { type, cookie } = await asked(mine.id);
  const { id } = cookie;
  const replace: Change = (tx) =>
    tx.challenge.update({
      where: { id },
      data: { endedAt: new Date(), endedBecause: "superseded" },
    });
  // Without the lock of the account whose code it is.
  expect((await during(mine.id, replace, type)).kind).toBe("superseded");
  expect(await sessionsOf(mine.id)).toBe(0);
  const { codesSinceRight } = await db.account.findUniqueOrThrow({ where: { id: mine.id } });
  expect(codesSinceRight).toBe(1);
  expect((await signIn({ ...(await requestOf(other.id)), earlier: cookie })).kind).toBe(
    "code-asked",
  );
});

test("a sign-in from a new network ends this browser's earlier one, whosever it is", async () => {
  const [mine, other] = [await makeAccount(), await makeAccount()];
  const { type, cookie } = await asked(mine.id);
  const outcome = await signIn({ ...(await requestOf(other.id)), earlier: cookie });
  expect(outcome.kind).toBe("code-asked");
  expect((await type()).kind).toBe("superseded");
});

test("the sixth network within an hour is gathered into a mail of its own, and trusted as the others", async () => {
  const { id } = await makeAccount();
  for (let last = 1; last <= 7; last += 1) {
    const { type } = await asked(id, clientAt(`198.51.100.${last}`));
    expect(await type()).toMatchObject({ kind: "right", place: "known" });
  }
  expect(await mailsOf(id, "place-trusted")).toHaveLength(5);
  const [gathering, ...others] = await mailsOf(id, "more-notices");
  expect(gathering?.facts).toMatchObject({ more: { kind: "place-trusted", count: 2 } });
  expect(others).toEqual([]);
  expect(await db.trustedPlace.count({ where: { accountId: id } })).toBe(7);
});

test("two codes from one network are both right, and trust it once", async () => {
  const { id } = await makeAccount();
  const [one, two] = [await asked(id), await asked(id)];
  expect(await one.type()).toMatchObject({ kind: "right", place: "known" });
  expect(await two.type()).toMatchObject({ kind: "right", place: "known" });
  expect(await db.trustedPlace.count({ where: { accountId: id } })).toBe(1);
  expect(await db.seenBrowser.count({ where: { accountId: id } })).toBe(2);
});

test("beyond 100 places the least recently used makes room, but not a range that holds the network", async () => {
  const { id } = await makeAccount();
  const { type } = await asked(id);
  const at = (index: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, index));
  // The range is the least recently used of all.
  const networks = [
    "203.0.113.0/24",
    ...Array.from({ length: TRUSTED_PLACES_PER_ACCOUNT - 1 }, (_, index) => `10.0.0.${index}/32`),
  ];
  await db.trustedPlace.createMany({
    data: networks.map((network, index) => ({
      ...{
        accountId: id,
        network,
        because: "by-hand",
        createdAt: at(index),
        lastUsedAt: at(index),
      },
    })),
  });
  expect((await type()).kind).toBe("right");
  const kept = await db.trustedPlace.findMany({ where: { accountId: id } });
  expect(kept).toHaveLength(TRUSTED_PLACES_PER_ACCOUNT);
  const names = kept.map(({ network }) => network);
  expect(names).toEqual(expect.arrayContaining(["203.0.113.0/24", "203.0.113.7"]));
  expect(names).not.toContain("10.0.0.0");
});

test("beyond 20 sessions the least recently seen ends with a right code too", async () => {
  const { id: accountId } = await makeAccount();
  const { type } = await asked(accountId);
  const at = new Date("2026-01-01T00:00:00Z");
  await db.session.createMany({
    data: Array.from({ length: SESSIONS_PER_ACCOUNT }, () => ({
      ...{ accountId, because: "code", userAgent: "", browserId: newBrowser() },
      ...{ createdAt: at, lastSeenAt: at },
    })),
  });
  expect((await type()).kind).toBe("right");
  expect(await sessionsOf(accountId)).toBe(SESSIONS_PER_ACCOUNT);
});

test("a wrong code that is read just before its sign-in ends costs nothing", async () => {
  const { id } = await makeAccount();
  const { type, code } = await asked(id);
  const outcome = await during(id, endCodes, () => type(otherCode(code)));
  expect(outcome.kind).toBe("superseded");
  expect(await db.codeAttempts.count({ where: { subject: id } })).toBe(0);
});
