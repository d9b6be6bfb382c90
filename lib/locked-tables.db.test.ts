import { Client } from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { db, disconnectDatabase } from "@/lib/db/client";
import { awayReason, isDatabaseDown } from "@/lib/db/database-down";
import { inTransaction } from "@/lib/db/transaction";
import { askQuestion } from "@/lib/help/ask-question";
import { rateArticle, sayUseful } from "@/lib/help/give-feedback";
import { type RequestContext, runForRequest } from "@/lib/log/request-context";
import { checkPassword } from "@/lib/password/check-password";
import { hashPassword } from "@/lib/password/password-hash";
import { requestReset } from "@/lib/recovery/request-reset";
import { codeOf } from "@/lib/secrets/code";
import { resendCode } from "@/lib/sign-in/resend-code";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { signUp } from "@/lib/sign-up/sign-up";
import { testDatabase } from "@/lib/testing/database";
import {
  clientAt,
  cookieOf,
  freshAddress,
  makeAccount,
  newBrowser,
  otherCode,
  passwordProof,
} from "@/lib/testing/people";
import { waitForLocks, whileLocked } from "@/lib/testing/table-lock";

const url = testDatabase();

beforeAll(async () => {
  await waitForLocks(url(), 100);
  await disconnectDatabase();
});

const context = (): RequestContext => ({
  ...{ requestId: "x", token: "x", clientIp: null, forwarded: false },
  ...{ databaseDown: false, reached: false },
});

/** What a step came to, for a request of its own. */
async function outcomeOf(work: () => Promise<unknown>) {
  const request = context();
  const error = await runForRequest(request, () =>
    work().then(
      () => null,
      (thrown: unknown) => thrown,
    ),
  );
  return { error, request };
}

async function run(statement: string): Promise<void> {
  const client = new Client({ connectionString: url() });
  await client.connect();
  await client.query(statement);
  await client.end();
}

const raising = (sqlState: string) =>
  `DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${sqlState}'; END $$`;

describe("a statement that PostgreSQL ends means that the database is away", () => {
  const sqlStates = "57014 55P03 40P01 40001 53100 53200 53300 25P03 25006 57P01 57P03 58030".split(
    " ",
  );

  test.each(sqlStates)("%s, alone and in a transaction, raw and by a model", async (sqlState) => {
    await run(`
      CREATE OR REPLACE FUNCTION bang() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${sqlState}'; END $$;
      CREATE OR REPLACE TRIGGER bang BEFORE DELETE ON rate_window
        FOR EACH STATEMENT EXECUTE FUNCTION bang()`);
    const ways = {
      raw: () => db.$executeRawUnsafe(raising(sqlState)),
      model: () => db.rateWindow.deleteMany(),
      "raw in a transaction": () => inTransaction((tx) => tx.$executeRawUnsafe(raising(sqlState))),
      "model in a transaction": () => inTransaction((tx) => tx.rateWindow.deleteMany()),
    };
    for (const [way, work] of Object.entries(ways)) {
      const { error, request } = await outcomeOf(work);
      expect.soft(isDatabaseDown(error), way).toBe(true);
      expect.soft(request, way).toMatchObject({ databaseDown: true, databaseFault: error });
      expect.soft(awayReason(error), way).toBe(sqlState);
    }
    await run("DROP TRIGGER bang ON rate_window");
  });

  const kill = (how: string) =>
    run(`SELECT ${how}(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`);

  test.each<[string, () => Promise<unknown>]>([
    ["cancelled by an administrator", () => withStatement(() => kill("pg_cancel_backend"))],
    ["ended by an administrator", () => withStatement(() => kill("pg_terminate_backend"))],
    [
      "whose server ended between two of a transaction",
      () =>
        inTransaction(async (tx) => {
          await tx.rateWindow.count();
          await kill("pg_terminate_backend");
          return tx.rateWindow.count();
        }),
    ],
    [
      "whose server ended before the commit",
      () =>
        inTransaction(async (tx) => {
          await tx.rateWindow.create({
            data: { key: "lost", subject: "x", hits: [], admitted: true, askedAt: new Date() },
          });
          await kill("pg_terminate_backend");
        }),
    ],
  ])("one %s", async (_, work) => {
    const { error, request } = await outcomeOf(work);
    expect(isDatabaseDown(error)).toBe(true);
    expect(request.databaseDown).toBe(true);
    // The other connections of the pool were ended too, and it may not have noticed yet.
    await expect.poll(() => db.rateWindow.count({ where: { key: "lost" } })).toBe(0);
  });

  /** Lets a statement run until something was done to it. */
  async function withStatement(meanwhile: () => Promise<void>): Promise<void> {
    const statement = db.$queryRaw`SELECT pg_sleep(20)::text`;
    statement.catch(() => {});
    await expect
      .poll(async () => {
        const rows = await db.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity
          WHERE query LIKE 'SELECT pg_sleep(20)%' AND state = 'active'`;
        return rows.length;
      })
      .toBe(1);
    await meanwhile();
    await statement;
  }

  test("of two transactions that wait for each other PostgreSQL ends one, and only that is away", async () => {
    const keys = ["a", "b"];
    for (const key of keys) {
      const data = { key, subject: "x", hits: [], admitted: true, askedAt: new Date() };
      await db.rateWindow.create({ data });
    }
    await run(`ALTER DATABASE ${new URL(url()).pathname.slice(1)} SET lock_timeout = '10s'`);
    await disconnectDatabase();
    let arrived = 0;
    let meet = () => {};
    const met = new Promise<void>((resolve) => (meet = resolve));
    const cross = (first = "", second = "") =>
      outcomeOf(() =>
        inTransaction(async (tx) => {
          await tx.rateWindow.update({ where: { key: first }, data: { subject: "y" } });
          arrived += 1;
          if (arrived === 2) meet();
          await met;
          await tx.rateWindow.update({ where: { key: second }, data: { subject: "y" } });
        }),
      );
    const errors = await Promise.all([cross(...keys), cross(...keys.toReversed())]);
    expect(errors.map(({ error }) => awayReason(error)).sort()).toEqual(["40P01", null]);
    await waitForLocks(url(), 100);
    await disconnectDatabase();
  });
});

/** All that counts: an attempt, a mail, a code, a session, a use of a limit. */
async function counts(): Promise<unknown> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT (SELECT coalesce(sum(wrong), 0)::int FROM code_attempts) AS attempts,
      (SELECT count(*)::int FROM mail) AS mails,
      (SELECT count(*)::int FROM challenge WHERE ended_at IS NULL) AS challenges,
      (SELECT coalesce(sum(mails_sent), 0)::int FROM challenge) AS sendings,
      (SELECT count(*)::int FROM session) AS sessions,
      (SELECT count(*)::int FROM password_reset) AS links,
      (SELECT count(*)::int FROM sign_in_judgement) AS judgements,
      (SELECT coalesce(sum(cardinality(hits)), 0)::int FROM rate_window) AS uses,
      (SELECT count(*)::int FROM help_feedback) + (SELECT count(*)::int FROM help_rating)
        + (SELECT count(*)::int FROM help_question) AS words`;
  return rows[0];
}

let lastOctet = 0;
function somewhere() {
  lastOctet += 1;
  return clientAt(`198.51.100.${lastOctet}`);
}

async function pending() {
  const account = await makeAccount();
  const client = somewhere();
  const outcome = await signIn({
    accountId: account.id,
    proof: await passwordProof(account.id),
    ...{ client, browserId: newBrowser(), callbackPath: null, earlier: null },
  });
  if (outcome.kind !== "code-asked") throw new Error(outcome.kind);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: outcome.challengeId } });
  return { client, cookie: cookieOf(outcome), code: codeOf(challenge) ?? "" };
}

const password = "correct horse battery staple";

async function person(trusted: boolean) {
  const client = somewhere();
  const account = await makeAccount({
    passwordHash: await hashPassword(password),
    trusted: trusted ? [client.ip ?? ""] : [],
  });
  return { account, client, proof: await passwordProof(account.id) };
}

async function entering(trusted: boolean) {
  const { account, client, proof } = await person(trusted);
  const rest = { client, browserId: newBrowser(), callbackPath: null, earlier: null };
  return () => signIn({ accountId: account.id, proof, ...rest });
}

/** Each way to be counted: prepared first, done while a table is locked. */
const ways: Record<string, () => Promise<() => Promise<unknown>>> = {
  "a wrong password": async () => {
    const { account, client } = await person(false);
    return () => checkPassword(account.email, "wrong password", client, newBrowser());
  },
  "a sign-in from a known place": () => entering(true),
  "a sign-in from a new network": () => entering(false),
  "a wrong code": async () => {
    const { client, cookie, code } = await pending();
    return () => verifyCode({ typed: otherCode(code), cookie, shown: null, client });
  },
  "a right code": async () => {
    const { client, cookie, code } = await pending();
    return () => verifyCode({ typed: code, cookie, shown: null, client });
  },
  "a code sent again": async () => {
    const { cookie } = await pending();
    await db.challenge.updateMany({ data: { lastMailAt: new Date(0) } });
    return () => resendCode(cookie);
  },
  "a sign-up": async () => () =>
    signUp({
      ...{ email: freshAddress(), locale: "en", client: somewhere(), browserId: newBrowser() },
      ...{ callbackPath: null, earlier: null },
      person: { kind: "new", name: "Ana", password },
    }),
  "a link for a new password": async () => {
    const { account, client } = await person(false);
    return () => requestReset(account.email, client);
  },
  "a word on an article": async () => {
    const voice = { article: "login-code", locale: "en", browserId: newBrowser() } as const;
    const client = somewhere();
    return async () => {
      await sayUseful({ ...voice, client }, { useful: "yes", comment: "" });
    };
  },
  "stars for an article": async () => {
    const voice = { article: "login-code", locale: "en", browserId: newBrowser() } as const;
    const client = somewhere();
    return () => rateArticle({ ...voice, client }, "4");
  },
  "a question on an article": async () => {
    const client = somewhere();
    return () =>
      askQuestion({ article: "login-code", locale: "en", client }, "Why is the code so short?");
  },
};

const tables = [
  ...["account", "session", "trusted_place", "seen_browser", "sign_in_judgement", "challenge"],
  ...["code_attempts", "mail", "rate_window", "password_reset", "help_feedback", "help_rating"],
  "help_question",
];

describe("a locked table: the step is done whole, or it is away and nothing was counted", () => {
  test.each(Object.keys(ways))("%s", async (name) => {
    let met = 0;
    for (const table of tables) {
      const work = await ways[name]?.();
      const before = await counts();
      const { error, request } = await whileLocked(url(), [table], () =>
        outcomeOf(() => work?.() ?? Promise.resolve()),
      );
      if (error === null) continue;
      met += 1;
      expect.soft(awayReason(error), table).toBe("55P03");
      expect.soft(request.databaseDown, table).toBe(true);
      expect.soft(await counts(), table).toEqual(before);
    }
    // At least its own table and that of its count.
    expect(met).toBeGreaterThan(1);
  });
});
