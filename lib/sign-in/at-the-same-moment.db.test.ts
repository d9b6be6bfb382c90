import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { codeOf } from "@/lib/secrets/code";
import { moveToNetwork } from "@/lib/sign-in/move-to-network";
import { resendCode } from "@/lib/sign-in/resend-code";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { testDatabase } from "@/lib/testing/database";
import {
  clientAt,
  cookieOf,
  makeAccount,
  newBrowser,
  otherCode,
  passwordProof,
} from "@/lib/testing/people";

testDatabase();

async function askedAt(ip: string) {
  const account = await makeAccount();
  const client = clientAt(ip);
  const outcome = await signIn({
    accountId: account.id,
    proof: await passwordProof(account.id),
    client,
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
  });
  if (outcome.kind !== "code-asked") throw new Error(outcome.kind);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: outcome.challengeId } });
  return { account, client, cookie: cookieOf(outcome), code: codeOf(challenge) ?? "" };
}

const atOnce = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

test("30 guesses at the same moment judge exactly 3 and mail of one block", async () => {
  const { account, client, cookie, code } = await askedAt("203.0.113.30");
  const typed = otherCode(code);
  const outcomes = await atOnce(30, () => verifyCode({ typed, cookie, shown: null, client }));
  const kinds = outcomes.map((outcome) => outcome.kind).sort();
  expect(kinds.filter((kind) => kind === "wrong")).toHaveLength(2);
  expect(kinds.filter((kind) => kind === "blocked")).toHaveLength(28);
  const judged = await db.signInJudgement.count({
    where: { accountId: account.id, verdict: "refused" },
  });
  expect(judged).toBe(3);
  const blocks = { accountId: account.id, kind: "sign-in-blocked" };
  expect(await db.mail.count({ where: blocks })).toBe(1);
  const ends = outcomes.flatMap((one) => (one.kind === "blocked" ? [one.until.getTime()] : []));
  expect(new Set(ends).size).toBe(1);
});

test("a right code among 30 guesses at the same moment never follows three wrong ones", async () => {
  const { client, cookie, code } = await askedAt("203.0.113.31");
  const outcomes = await atOnce(30, (index) =>
    verifyCode({ typed: index === 20 ? code : otherCode(code), cookie, shown: null, client }),
  );
  const wrong = outcomes.filter((outcome) => outcome.kind === "wrong").length;
  const right = outcomes.filter((outcome) => outcome.kind === "right").length;
  expect(right + wrong).toBeLessThanOrEqual(3);
});

test("two right codes at the same moment give one session", async () => {
  const { account, client, cookie, code } = await askedAt("203.0.113.32");
  const outcomes = await atOnce(8, () => verifyCode({ typed: code, cookie, shown: null, client }));
  expect(outcomes.filter((outcome) => outcome.kind === "right")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome.kind === "used")).toHaveLength(7);
  expect(await db.session.count({ where: { accountId: account.id } })).toBe(1);
});

test("30 sign-ins from new networks at the same moment mail exactly ACCOUNT_CODES_PER_HOUR codes", async () => {
  const account = await makeAccount();
  const proof = await passwordProof(account.id);
  const outcomes = await atOnce(30, (index) =>
    signIn({
      accountId: account.id,
      proof,
      client: clientAt(`198.51.100.${index}`),
      browserId: newBrowser(),
      callbackPath: null,
      earlier: null,
    }),
  );
  expect(outcomes.filter((outcome) => outcome.kind === "code-asked")).toHaveLength(5);
  expect(outcomes.filter((outcome) => outcome.kind === "wait")).toHaveLength(25);
  const mails = (kind: string) => db.mail.count({ where: { accountId: account.id, kind } });
  expect(await mails("sign-in-code")).toBe(5);
  expect(await mails("someone-knows-your-password")).toBe(1);
});

test("a button pressed ten times at the same moment mails the code once more", async () => {
  const { account, cookie } = await askedAt("203.0.113.34");
  const minuteAgo = new Date(Date.now() - 60_000);
  await db.challenge.updateMany({ where: { id: cookie.id }, data: { lastMailAt: minuteAgo } });
  const outcomes = await atOnce(10, () => resendCode(cookie));
  expect(outcomes.filter((outcome) => outcome.kind === "sent")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome.kind === "too-early")).toHaveLength(9);
  const kind = "sign-in-code";
  expect(await db.mail.count({ where: { accountId: account.id, kind } })).toBe(2);
});

test("a sign-in under way does not survive a new password, at a known place or a new one", async () => {
  const account = await makeAccount({ trusted: ["203.0.113.40"] });
  const proof = await passwordProof(account.id);
  const passwordChangedAt = new Date();
  await db.account.update({ where: { id: account.id }, data: { passwordChangedAt } });
  for (const ip of ["203.0.113.40", "203.0.113.41"]) {
    const outcome = await signIn({
      accountId: account.id,
      proof,
      client: clientAt(ip),
      browserId: newBrowser(),
      callbackPath: null,
      earlier: null,
    });
    expect(outcome.kind).toBe("no-longer-proven");
  }
  const counts = { where: { accountId: account.id } };
  expect(await db.session.count(counts)).toBe(0);
  expect(await db.challenge.count(counts)).toBe(0);
});

test("one pending sign-in moves to another network once, however often it is pressed", async () => {
  const { account, cookie } = await askedAt("203.0.113.42");
  const elsewhere = clientAt("203.0.113.43");
  const moves = await atOnce(6, () => moveToNetwork(cookie, elsewhere));
  expect(moves.filter((move) => move.kind === "signed-in")).toHaveLength(1);
  expect(moves.filter((move) => move.kind === "over")).toHaveLength(5);
  const kind = "sign-in-code";
  expect(await db.mail.count({ where: { accountId: account.id, kind } })).toBe(2);
});

test("from a pending sign-in one moves to a trusted place straight in, and it ends", async () => {
  const { account, cookie } = await askedAt("203.0.113.44");
  const network = "203.0.113.45/32";
  const at = new Date();
  await db.trustedPlace.create({
    data: { accountId: account.id, network, because: "code", createdAt: at, lastUsedAt: at },
  });
  const move = await moveToNetwork(cookie, clientAt("203.0.113.45"));
  expect(move).toMatchObject({ kind: "signed-in", outcome: { kind: "entered" } });
  expect(await db.challenge.findUnique({ where: { id: cookie.id } })).toMatchObject({
    endedBecause: "superseded",
  });
});
