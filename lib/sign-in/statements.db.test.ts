import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { countKeys } from "@/lib/db/subjects";
import { inTransaction } from "@/lib/db/transaction";
import { checkPassword } from "@/lib/password/check-password";
import { hashPassword } from "@/lib/password/password-hash";
import { codeOf } from "@/lib/secrets/code";
import { SESSIONS_PER_ACCOUNT } from "@/lib/secrets/limits";
import { readPendingPage } from "@/lib/sign-in/pending-page";
import { signIn } from "@/lib/sign-in/sign-in";
import { checkSignInPassword } from "@/lib/sign-in/sign-in-password";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { testDatabase } from "@/lib/testing/database";
import { startGate } from "@/lib/testing/gate";
import {
  clientAt,
  cookieOf,
  makeAccount,
  newBrowser,
  otherCode,
  passwordProof,
} from "@/lib/testing/people";
import { answerSignIn } from "@/lib/testing/sign-in-server";
import { statementsOf } from "@/lib/testing/statements-of";
import { readTwoStep } from "@/lib/two-step/two-step-page";

testDatabase();
process.env.PASSWORD_ATTEMPTS_PER_HOUR = "50";

const firstWord = (statement: string) => statement.split(" ")[0];

const home = clientAt("203.0.113.7");
const password = "a long enough passphrase";
let passwordHash: Promise<string> | undefined;

async function customer() {
  passwordHash ??= hashPassword(password);
  return makeAccount({ trusted: ["203.0.113.7"], passwordHash: await passwordHash });
}

async function signInFrom(email: string, browserId: string, at = home) {
  const asking = { client: at, browserId };
  const checked = await checkSignInPassword({ email, password }, asking);
  if (checked.kind !== "right") throw new Error(checked.kind);
  const { accountId, proof } = checked;
  return signIn({ ...asking, accountId, proof, callbackPath: null, earlier: null });
}

const countsLeft = async (accountId: string, browserId: string) => {
  const key = countKeys.passwordsInBrowser("", accountId, browserId).key;
  return (await db.rateWindow.findUnique({ where: { key } }))?.hits;
};

test("a sign-in from a known place costs 2 statements: one before the hash, one after it", async () => {
  const account = await customer();
  const browserId = newBrowser();
  await signInFrom(account.email, browserId);
  const { result, sent } = await statementsOf(() => signInFrom(account.email, browserId));
  expect(result.kind).toBe("entered");
  expect(sent).toHaveLength(2);
  expect(await countsLeft(account.id, browserId)).toEqual([]);
});

test("so it does where it ends the browser's session before, and where the browser says another zone", async () => {
  const account = await customer();
  const browserId = newBrowser();
  const before = await signInFrom(account.email, browserId);
  const replaces = before.kind === "entered" ? before.sessionId : "";
  const client = { ...home, timeZone: "Europe/Lisbon" };
  const { sent } = await statementsOf(async () => {
    const checked = await checkSignInPassword(
      { email: account.email, password },
      { client, browserId },
    );
    if (checked.kind !== "right") throw new Error(checked.kind);
    const { accountId, proof } = checked;
    const common = { accountId, proof, client, browserId, callbackPath: null, earlier: null };
    const outcome = await signIn({ ...common, replaces });
    expect(outcome).toMatchObject({ kind: "entered", replaced: replaces });
  });
  expect(sent).toHaveLength(2);
  const [session, { timeZone }] = await Promise.all([
    db.session.findUniqueOrThrow({ where: { id: replaces } }),
    db.account.findUniqueOrThrow({ where: { id: account.id } }),
  ]);
  expect([session.endedBecause, timeZone]).toEqual(["replaced", "Europe/Lisbon"]);
});

test("over HTTP a sign-in costs 4 statements: the press taken, the sign-in's two, the answer kept", async () => {
  const { email } = await customer();
  const gate = await startGate(answerSignIn, { formsOnce: true, trustedProxies: ["127.0.0.1"] });
  const jar = new Map<string, string>();
  const post = async (time: string) => {
    const response = await fetch(`http://127.0.0.1:${gate.port}/login`, {
      method: "POST",
      redirect: "manual",
      headers: { "x-forwarded-for": "203.0.113.7", cookie: [...jar.values()].join("; ") },
      body: new URLSearchParams({ email, password, time }),
    });
    for (const header of response.headers.getSetCookie()) {
      const [pair = ""] = header.split(";", 1);
      jar.set(pair.split("=", 1)[0] ?? "", pair);
    }
    return response.headers.get("location");
  };
  // The first one is from a browser never seen there, which is mailed.
  for (const time of ["1", "2"]) expect(await post(time)).toBe("/account");
  const { result, sent } = await statementsOf(() => post("3"));
  await gate.stop();
  expect(result).toBe("/account");
  expect(
    sent.map(
      (text) => /^(INSERT INTO form_press|WITH found|WITH owner|UPDATE form_press)/.exec(text)?.[0],
    ),
  ).toEqual(["INSERT INTO form_press", "WITH found", "WITH owner", "UPDATE form_press"]);
});

test("a sign-in from a new network costs 2 statements too, and leaves no attempt in the counts", async () => {
  const account = await customer();
  const browserId = newBrowser();
  const { result, sent } = await statementsOf(() =>
    signInFrom(account.email, browserId, clientAt("198.51.100.9")),
  );
  expect(result.kind).toBe("code-asked");
  expect(sent).toHaveLength(2);
  const counts = await db.rateWindow.findMany({ where: { key: { startsWith: "password/" } } });
  const ofThis = counts.filter(
    ({ key }) =>
      key.endsWith("198.51.100.9/32") || key === countKeys.passwordsFor(account.email).key,
  );
  expect(ofThis.map(({ hits }) => hits)).toEqual([[], []]);
});

test("the page of a session costs one statement, and of what it lacks for a second step none is read", async () => {
  const account = await customer();
  const entered = await signInFrom(account.email, newBrowser());
  const id = entered.kind === "entered" ? entered.sessionId : "";
  const { result, sent } = await statementsOf(async () => {
    const session = await findLiveSession(id);
    if (session !== null) await readTwoStep(session);
    return session;
  });
  expect(result?.account.email).toBe(account.email);
  expect(sent).toHaveLength(1);
});

test("a password costs 2 statements where no sign-in follows, a wrong one 3", async () => {
  const { email } = await customer();
  const check = (typed: string) =>
    statementsOf(() => checkPassword(email, typed, home, newBrowser()));
  const [right, wrong] = [await check(password), await check("another passphrase")];
  expect([right.result.kind, right.sent.length]).toEqual(["right", 2]);
  expect([wrong.result.kind, wrong.sent.length]).toEqual(["wrong", 3]);
});

/** A known customer's sign-in, held after the password was found right and before it is judged. */
async function whilePasswordIsCompared() {
  const account = await customer();
  const browserId = newBrowser();
  await signInFrom(account.email, browserId);
  const asking = { client: home, browserId };
  const checked = await checkSignInPassword({ email: account.email, password }, asking);
  if (checked.kind !== "right") throw new Error(checked.kind);
  const { accountId, proof } = checked;
  const goOn = () => signIn({ ...asking, accountId, proof, callbackPath: null, earlier: null });
  return { account, browserId, goOn };
}

test("a decision about the account while its password is compared is judged by, and the attempt is given back", async () => {
  const { account, browserId, goOn } = await whilePasswordIsCompared();
  await inTransaction(async (tx) => {
    await lockSubject(tx, account.id);
    await tx.trustedPlace.deleteMany({ where: { accountId: account.id } });
  });
  const outcome = await goOn();
  expect(outcome.kind).toBe("code-asked");
  expect(await countsLeft(account.id, browserId)).toEqual([]);
});

test("another password set while one is compared: no session begins, whoever held no lock for it", async () => {
  const { account, browserId, goOn } = await whilePasswordIsCompared();
  const passwordChangedAt = new Date(Date.now() + 1);
  await db.account.update({ where: { id: account.id }, data: { passwordChangedAt } });
  const outcome = await goOn();
  expect(outcome.kind).toBe("no-longer-proven");
  expect(await countsLeft(account.id, browserId)).toEqual([]);
});

test("sign-ins at the same moment leave no more than 20 sessions", async () => {
  const account = await customer();
  const browserId = newBrowser();
  const [sessions, at] = [SESSIONS_PER_ACCOUNT / 2, new Date(0)];
  const session = { because: "code", userAgent: "", browserId, createdAt: at, lastSeenAt: at };
  await db.session.createMany({
    data: Array.from({ length: sessions }, () => ({ ...session, accountId: account.id })),
  });
  await Promise.all(Array.from({ length: 11 }, () => signInFrom(account.email, browserId)));
  const open = await db.session.count({ where: { accountId: account.id, endedAt: null } });
  expect(open).toBe(SESSIONS_PER_ACCOUNT);
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
      UNION ALL SELECT xmin::text FROM mail WHERE account_id = ${account.id}::uuid) written`;
  expect(writers).toEqual([{ transactions: 1n, rows: 4n }]);
});
