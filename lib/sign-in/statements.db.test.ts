import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { checkPassword } from "@/lib/password/check-password";
import { hashPassword } from "@/lib/password/password-hash";
import { codeOf } from "@/lib/secrets/code";
import { readPendingPage } from "@/lib/sign-in/pending-page";
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
import { statementsOf } from "@/lib/testing/statements-of";

testDatabase();

const firstWord = (statement: string) => statement.split(" ")[0];

const home = clientAt("203.0.113.7");
const password = "a long enough passphrase";

test("a sign-in from a known place costs at most 3 statements besides the password's", async () => {
  const account = await makeAccount({ trusted: ["203.0.113.7"] });
  const browserId = newBrowser();
  const request = {
    accountId: account.id,
    proof: await passwordProof(account.id),
    client: home,
    browserId,
    callbackPath: null,
    earlier: null,
  };
  await signIn(request);
  const { result, sent } = await statementsOf(() => signIn(request));
  expect(result.kind).toBe("entered");
  expect(sent.length).toBeLessThanOrEqual(3);
});

test("the password costs three statements: whose it is, the count, and the count given back", async () => {
  const passwordHash = await hashPassword(password);
  const account = await makeAccount({ trusted: ["203.0.113.7"], passwordHash });
  const { result, sent } = await statementsOf(() =>
    checkPassword(account.email, password, home, newBrowser()),
  );
  expect(result.kind).toBe("right");
  expect(sent).toHaveLength(3);
});

const asks = async (client = home) => {
  const account = await makeAccount();
  const proof = await passwordProof(account.id);
  const common = { proof, client, callbackPath: null, earlier: null };
  const request = { ...common, accountId: account.id, browserId: newBrowser() };
  const { result, sent } = await statementsOf(() => signIn(request));
  if (result.kind !== "code-asked") throw new Error(result.kind);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: result.challengeId } });
  return { sent, cookie: cookieOf(result), code: codeOf(challenge) ?? "" };
};

test("a sign-in from a new network is read by one statement and written by another", async () => {
  const { sent } = await asks();
  expect(sent.map(firstWord)).toEqual(["SELECT", "WITH"]);
});

test("the page that asks for its code is one statement", async () => {
  const { cookie } = await asks();
  const { result, sent } = await statementsOf(() => readPendingPage(cookie));
  expect(result?.mails).toHaveLength(1);
  expect(sent.map(firstWord)).toEqual(["SELECT"]);
});

test.each([
  ["a right code", "right", ["SELECT", "WITH"]],
  ["a wrong code", "wrong", ["SELECT", "WITH"]],
  ["no code at all", "not-a-code", ["SELECT"]],
])("%s takes no transaction: it is read, and written, by one statement", async (_, kind, words) => {
  const client = { ...home, timeZone: "Europe/Lisbon" };
  const { cookie, code } = await asks(client);
  const typed = { right: code, wrong: otherCode(code) }[kind] ?? "";
  const { result, sent } = await statementsOf(() =>
    verifyCode({ typed, cookie, shown: null, client }),
  );
  expect(result.kind).toBe(kind);
  expect(sent.map(firstWord)).toEqual(words);
});

test("the wrong code that blocks is written with its notice by one statement", async () => {
  const { cookie, code } = await asks();
  const guess = () => verifyCode({ typed: otherCode(code), cookie, shown: null, client: home });
  await guess();
  await guess();
  const { result, sent } = await statementsOf(guess);
  expect(result.kind).toBe("blocked");
  expect(sent.map(firstWord)).toEqual(["SELECT", "WITH"]);
});

test("a sign-in from a new network is one transaction", async () => {
  const account = await makeAccount();
  const proof = await passwordProof(account.id);
  const request = { accountId: account.id, proof, client: home, callbackPath: null, earlier: null };
  const outcome = await signIn({ ...request, browserId: newBrowser() });
  expect(outcome.kind).toBe("code-asked");
  const writers = await db.$queryRaw<{ transactions: bigint; rows: bigint }[]>`
    SELECT count(DISTINCT writer) AS transactions, count(*) AS rows FROM (
      SELECT xmin::text AS writer FROM account WHERE id = ${account.id}::uuid
      UNION ALL SELECT xmin::text FROM challenge WHERE account_id = ${account.id}::uuid
      UNION ALL SELECT xmin::text FROM sign_in_judgement WHERE account_id = ${account.id}::uuid
      UNION ALL SELECT xmin::text FROM mail WHERE account_id = ${account.id}::uuid
      UNION ALL SELECT job.xmin::text FROM graphile_worker._private_jobs job
        JOIN mail ON job.key LIKE '%' || mail.id WHERE mail.account_id = ${account.id}::uuid) written`;
  expect(writers).toEqual([{ transactions: 1n, rows: 5n }]);
});
