import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readEnvironment } from "@/lib/env/env";
import { isOperatorError } from "@/lib/machine/operator-error.mjs";
import { reachDatabase, unfitness } from "@/lib/start/reach-database";
import { testDatabase } from "@/lib/testing/database";
import { freePort } from "@/lib/testing/free-port";
import { migrate } from "@/prisma/migrate";

const url = testDatabase();
const id = randomUUID().replaceAll("-", "").slice(0, 12);
const role = `reach_${id}`;
const databases = ["ascii", "closed", "bare", "nocreate"].map((name) => `reach_${name}_${id}`);
const [ascii, closed, bare, noCreate] = databases as [string, string, string, string];
let directory: string;
let socket: Server;

// As the operator would write it: read like any setting.
function asWritten(changes: Partial<URL>, query = ""): string {
  const written = Object.assign(new URL(url()), changes).href + query;
  return readEnvironment({ DATABASE_URL: written, AUTH_SECRET: "x".repeat(32) }).databaseUrl ?? "";
}

const asRole = (database: string) =>
  asWritten({ username: role, password: "app_secret", pathname: `/${database}` });

async function administer(statements: string[], database = "postgres") {
  const client = new Client({ connectionString: asWritten({ pathname: `/${database}` }) });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  await administer([
    `CREATE ROLE ${role} LOGIN PASSWORD 'app_secret'`,
    `CREATE DATABASE ${ascii} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'`,
    ...[closed, bare, noCreate].map((name) => `CREATE DATABASE ${name} TEMPLATE template0`),
    `REVOKE CONNECT ON DATABASE ${closed} FROM PUBLIC`,
  ]);
  await administer([`GRANT CREATE ON SCHEMA public TO ${role}`], noCreate);
  directory = mkdtempSync(join(tmpdir(), "portaria-socket-"));
  // PostgreSQL's own listens on no socket here: this one hands on what comes.
  const { hostname, port } = new URL(url());
  socket = createServer((client) => {
    const server = connect(Number(port), hostname);
    for (const side of [client, server]) side.on("error", () => {});
    client.pipe(server).pipe(client);
  });
  await new Promise<void>((resolve) => {
    socket.listen(join(directory, ".s.PGSQL.5432"), () => resolve());
  });
});
afterAll(async () => {
  socket.close();
  rmSync(directory, { recursive: true, force: true });
  await administer([...databases.map((name) => `DROP DATABASE ${name}`), `DROP ROLE ${role}`]);
});

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => "nothing wrong",
    (thrown: unknown) => thrown,
  );
  expect(isOperatorError(error)).toBe(true);
  const { message } = error as Error;
  const secrets = [new URL(url()).password, "app_secret", "wrong_secret"];
  for (const secret of secrets) expect(message).not.toContain(secret);
  expect(message).not.toContain("\n");
  return message;
}

const soon = { patienceMilliseconds: 0 };

test.each<[string, () => string, RegExp]>([
  [
    "a wrong password",
    () => asWritten({ password: "wrong_secret" }),
    /at 127\.0\.0\.1:\d+ refuses the user or the password: correct DATABASE_URL\.$/,
  ],
  [
    "an unknown user",
    () => asWritten({ username: "nobody" }),
    /refuses the user or the password: correct/,
  ],
  [
    "no password",
    () => asWritten({ password: "" }),
    /asks for a password: correct DATABASE_URL\.$/,
  ],
  [
    "an unknown database",
    () => asWritten({ pathname: "/missing" }),
    /has no database of that name: make it, or correct/,
  ],
  [
    "a database without CONNECT",
    () => asRole(closed),
    /does not let this user connect: grant CONNECT on it/,
  ],
  [
    "a database that is not UTF-8",
    () => asWritten({ pathname: `/${ascii}` }),
    /keeps its texts in SQL_ASCII, and UTF-8 is needed: make one with ENCODING 'UTF8'/,
  ],
  [
    "TLS where there is none",
    () => asWritten({}, "?sslmode=require"),
    /has no TLS: remove sslmode from DATABASE_URL/,
  ],
  [
    "a certificate's file that is not there",
    () => asWritten({}, "?sslrootcert=/nowhere.pem"),
    /sslrootcert, sslcert or sslkey cannot be read/,
  ],
  [
    "an unknown host",
    () => asWritten({ hostname: "nowhere.invalid" }),
    /at nowhere\.invalid:\d+ cannot be reached \((ENOTFOUND|EAI_AGAIN)\): start it, or correct DATABASE_URL\.$/,
  ],
  [
    "a socket that is not there",
    () => asWritten({}, `?host=${join(directory, "none")}`),
    /at \S+none cannot be reached \(ENOENT\): start it/,
  ],
])("%s is reported in one sentence", async (_, databaseUrl, sentence) => {
  expect(await refusal(reachDatabase(databaseUrl(), soon))).toMatch(sentence);
});

test("a port that nothing listens on is reported in one sentence", async () => {
  const port = String(await freePort());
  const said = await refusal(reachDatabase(asWritten({ port }), soon));
  expect(said).toBe(
    `The database of DATABASE_URL at 127.0.0.1:${port} cannot be reached (ECONNREFUSED): start it, or correct DATABASE_URL.`,
  );
});

test.each([
  ["130014", "UTF8", /^is PostgreSQL 13, and 14 or later is needed: upgrade it, or correct/],
  ["90624", "UTF8", /^is PostgreSQL 9, and 14/],
  ["180004", "LATIN1", /^keeps its texts in LATIN1/],
  ["140000", "UTF8", undefined],
])("PostgreSQL %s in %s", (version, encoding, sentence) => {
  const fault = unfitness({ version, encoding });
  if (sentence === undefined) expect(fault).toBeUndefined();
  else expect(fault?.message).toMatch(sentence);
});

test.each([
  ["tables", bare, /permission denied for schema public/],
  ["a schema for the jobs", noCreate, /permission denied for database/],
])(
  "a user who may not make %s is reported in one sentence, without an engine's trace",
  async (_, name, cause) => {
    const said = await refusal(migrate(asRole(name), { log: { info() {} } }));
    expect(said).toMatch(
      /^The database cannot be migrated: its user lacks a right \([^()]+\): GRANT/,
    );
    expect(said).toMatch(cause);
    expect(said).not.toMatch(/schema-engine|wasm|\.rs/);
  },
);

test("a database that can only be read is reported in one sentence", async () => {
  const readOnly = "?options=-c%20default_transaction_read_only%3Don";
  const reading = asWritten({ pathname: `/${closed}` }, readOnly);
  expect(await refusal(migrate(reading, { log: { info() {} } }))).toMatch(
    /^The database cannot be migrated: it can only be read \(.*\): set DATABASE_URL to the primary\.$/,
  );
});

test("a database that holds something else is reported in one sentence, and left as it is", async () => {
  await administer(["CREATE TABLE theirs (n int)"], closed);
  const full = asWritten({ pathname: `/${closed}` });
  expect(await refusal(migrate(full, { log: { info() {} } }))).toMatch(
    /^The database cannot be migrated: it holds tables that are not Portaria's: give it a database/,
  );
});

test("a Unix socket works, in either way to write it, for all that speaks to the database", async () => {
  const { username, password } = new URL(url());
  const inHost = `postgresql://${username}:${password}@${encodeURIComponent(directory)}/${bare}`;
  const inQuery = `postgresql:///${bare}?host=${directory}`;
  const read = (written: string) =>
    readEnvironment({ DATABASE_URL: written, AUTH_SECRET: "x".repeat(32) }).databaseUrl ?? "";
  await reachDatabase(read(inHost), soon);
  await migrate(read(inHost), { log: { info() {} } });
  expect(await refusal(reachDatabase(read(inQuery), soon))).toContain(`at ${directory} `);
});
