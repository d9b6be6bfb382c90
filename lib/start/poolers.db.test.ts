import { Client } from "pg";
import { afterEach, describe, expect, test, vi } from "vitest";
import { db, disconnectDatabase } from "@/lib/db/client";
import { readEnvironment, resetEnvironment } from "@/lib/env/env";
import { startJobs } from "@/lib/jobs/start-jobs";
import { isOperatorError } from "@/lib/machine/operator-error.mjs";
import { openClaims } from "@/lib/mail/claims";
import { enqueueMail } from "@/lib/mail/outbox";
import { runAuditCommand } from "@/lib/start/audit-command";
import { reachDatabase } from "@/lib/start/reach-database";
import { runStaffCommand } from "@/lib/start/staff-command";
import { testDatabase } from "@/lib/testing/database";
import { notice, recordingTransport } from "@/lib/testing/mails";
import { freshAddress } from "@/lib/testing/people";
import { hasPgBouncer, startPgBouncer } from "@/lib/testing/pgbouncer";
import { type PoolerMode, startPooler } from "@/lib/testing/pooler";
import { isSkipped } from "@/lib/testing/skipping";
import { migrate } from "@/prisma/migrate";
import { disableDemo } from "@/prisma/seed";

const url = testDatabase();
const stops: (() => Promise<void>)[] = [];
const quiet = { info() {} };

/** Has everything in this process speak to the database through a pooler. */
async function go(through: { url: string; stop(): Promise<void> }): Promise<string> {
  stops.push(through.stop);
  await disconnectDatabase();
  process.env.DATABASE_URL = through.url;
  resetEnvironment();
  return through.url;
}

afterEach(async () => {
  await disconnectDatabase();
  for (const stop of stops.splice(0)) await stop();
  process.env.DATABASE_URL = url();
  resetEnvironment();
  vi.restoreAllMocks();
});

async function refusal(databaseUrl: string): Promise<string> {
  const error = await reachDatabase(databaseUrl, { patienceMilliseconds: 0 }).then(
    () => "nothing wrong",
    (thrown: unknown) => thrown,
  );
  expect(isOperatorError(error)).toBe(true);
  const { message } = error as Error;
  expect(message).not.toContain("\n");
  expect(message).not.toContain(new URL(url()).password);
  return message;
}

const withOptions = (databaseUrl: string) =>
  readEnvironment({
    DATABASE_URL: `${databaseUrl}?options=-c%20search_path%3Dpublic`,
    AUTH_SECRET: "x".repeat(32),
  }).databaseUrl ?? "";

/** Does, through a pooler, all that a start, a worker and the commands do. */
async function runEverything(databaseUrl: string): Promise<void> {
  await reachDatabase(databaseUrl, { patienceMilliseconds: 0 });
  await migrate(databaseUrl, { log: quiet });
  await disableDemo();
  const said: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => said.push(String(text)) > 0);
  }
  await runStaffCommand(["list"]);
  await runAuditCommand(["verify"]);
  vi.restoreAllMocks();
  expect(process.exitCode).toBeUndefined();
  expect(said.join("")).toMatch(/Nobody belongs to the staff yet[\s\S]*The audit log is empty/);

  const recipient = freshAddress();
  const { transport, takenTo } = recordingTransport();
  const worker = await startJobs({ transport });
  const mailId = await enqueueMail(db, notice({ recipient }));
  await vi.waitFor(async () => {
    expect((await db.mail.findUniqueOrThrow({ where: { id: mailId } })).state).toBe("sent");
  }, 20_000);
  expect(takenTo(recipient)).toHaveLength(1);
  await worker.stop();

  // Of two processes one has a mail, and its claim ends with it: as soon as a pooler has made ready
  // again the connection that was left, of which nobody hears.
  const [first, second] = [openClaims(databaseUrl), openClaims(databaseUrl)];
  await vi.waitFor(async () => expect(await first.claim(mailId)).toBe(true), 5_000);
  expect(await second.claim(mailId)).toBe(false);
  await first.close();
  await vi.waitFor(async () => expect(await second.claim(mailId)).toBe(true), 5_000);
  await second.close();
}

/** The limits of many connections at once, as the database has them. */
async function limits(): Promise<string[]> {
  const rows = await Promise.all(
    Array.from(
      { length: 10 },
      () => db.$queryRaw<{ limits: string }[]>`
      SELECT concat_ws(' ', current_setting('lock_timeout'), current_setting('statement_timeout'),
        current_setting('idle_in_transaction_session_timeout')) AS limits, pg_sleep(0.05)::text`,
    ),
  );
  return [...new Set(rows.map(([row]) => row?.limits ?? ""))];
}

describe("a pooler that gives a connection for as long as a client stays", () => {
  test("is asked for nothing it does not know, and everything works", async () => {
    const pooler = await startPooler(url(), "session");
    await runEverything(await go(pooler));
    expect([...pooler.parameters].sort()).toEqual([
      ...["application_name", "client_encoding", "database", "user"],
    ]);
    expect(await limits()).toEqual(["5s 15s 20s"]);
  });

  test("that does not know a parameter of DATABASE_URL is reported in one sentence", async () => {
    const { url: pooled } = await startPooler(url(), "session").then((one) => {
      stops.push(one.stop);
      return one;
    });
    expect(await refusal(withOptions(pooled))).toMatch(
      /is behind a connection pooler that takes no "options" when a connection starts: remove it from DATABASE_URL .* or name it in the pooler's ignore_startup_parameters\.$/,
    );
  });
});

test.each<[string, PoolerMode]>([
  ["that came back last", "newest"],
  ["that waits longest", "oldest"],
])(
  "a pooler that gives each transaction the connection %s is refused in one sentence, idle or busy",
  async (_, mode) => {
    const pooler = await startPooler(url(), mode);
    const pooled = await go(pooler);
    const sentence =
      /^The database of DATABASE_URL at 127\.0\.0\.1:\d+ is behind a connection pooler that gives each transaction another connection.*: set the pooler to session mode \(PgBouncer: pool_mode = session\), or connect past it in DATABASE_URL\.$/;
    expect(await refusal(pooled)).toMatch(sentence);
    // Connections that others have left there, and others that use them at the same time.
    const others = Array.from({ length: 6 }, () => new Client({ connectionString: pooled }));
    for (const other of others) await other.connect();
    for (let round = 0; round < 10; round += 1) expect(await refusal(pooled)).toMatch(sentence);
    let goesOn = true;
    const traffic = others.map(async (other) => {
      while (goesOn) await other.query("SELECT 1");
    });
    for (let round = 0; round < 10; round += 1) expect(await refusal(pooled)).toMatch(sentence);
    goesOn = false;
    await Promise.all(traffic);
    for (const other of others) await other.end();
  },
);

test("PostgreSQL itself keeps sessions, however many ask at once", async () => {
  const soon = { patienceMilliseconds: 0 };
  await Promise.all(Array.from({ length: 10 }, () => reachDatabase(url(), soon)));
});

test("limits that the operator set for the database, the role or in options stay", async () => {
  await disconnectDatabase();
  const name = new URL(url()).pathname.slice(1);
  const client = new Client({ connectionString: url() });
  await client.connect();
  await client.query(`ALTER DATABASE ${name} SET lock_timeout = '1s'`);
  expect(await limits()).toEqual(["1s 15s 20s"]);
  await client.query(`ALTER DATABASE ${name} RESET lock_timeout`);
  await client.end();
  await disconnectDatabase();
  process.env.DATABASE_URL = `${url()}?options=-c%20statement_timeout%3D3s`;
  resetEnvironment();
  expect(await limits()).toEqual(["5s 3s 20s"]);
});

describe.skipIf(isSkipped(!hasPgBouncer, "PgBouncer; it is not installed."))("PgBouncer", () => {
  test.each(["md5", "scram-sha-256", "trust"])(
    "in session mode, as it is without a setting, with auth_type %s",
    async (auth_type) => {
      const started = await startPgBouncer(url(), { auth_type });
      await runEverything(await go(started));
      expect(await limits()).toEqual(["5s 15s 20s"]);
      expect(await refusal(withOptions(started.url))).toContain('takes no "options"');
    },
  );

  test.each(["transaction", "statement"])("in %s mode is refused", async (pool_mode) => {
    const started = await startPgBouncer(url(), { pool_mode });
    const pooled = await go(started);
    for (let round = 0; round < 10; round += 1) {
      expect(await refusal(pooled)).toContain("set the pooler to session mode");
    }
  });

  test("with connections for less than one process is reported in one sentence", async () => {
    const started = await startPgBouncer(url(), { default_pool_size: "1" });
    expect(await refusal(await go(started))).toMatch(
      /gives us no second connection: raise the size of the pooler's pools \(PgBouncer: default_pool_size/,
    );
  });

  test.each<[string, Partial<URL>, RegExp]>([
    ["a wrong password", { password: "wrong" }, /refuses the user or the password/],
    ["an unknown user", { username: "nobody" }, /refuses the user or the password/],
    ["an unknown database", { pathname: "/missing" }, /has no database of that name/],
  ])("says of %s what PostgreSQL would", async (_, changes, sentence) => {
    const pooled = await go(await startPgBouncer(url()));
    expect(await refusal(Object.assign(new URL(pooled), changes).href)).toMatch(sentence);
  });
});
