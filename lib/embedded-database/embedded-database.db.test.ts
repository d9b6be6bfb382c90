import { spawn } from "node:child_process";
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { runningDatabaseUrl, shareDataDirectory } from "@/lib/data-directory/data-directory.mjs";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { isLocked } from "@/lib/machine/file-lock.mjs";
import { isOperatorError } from "@/lib/machine/operator-error.mjs";
import { processStart } from "@/lib/machine/process-identity.mjs";
import { root } from "@/lib/machine/project.mjs";

const said: string[] = [];
const keep = (text: string) => void said.push(text);
const log = { info: keep, warn: keep, error: keep };
const start = (dir = dataDir, durable = false) =>
  startEmbeddedDatabase({ dataDir: dir, durable, log });

let dataDir: string;
let stops: (() => Promise<void>)[] = [];
// One cluster for all, because making one is what costs.
beforeAll(() => {
  dataDir = makeTestDirectory("portaria-embedded-");
});
afterEach(async () => {
  for (const stop of stops) await stop();
  stops = [];
});
afterAll(() => removeTestDirectory(dataDir));

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ [column: string]: unknown }>(sql);
    return rows?.[0] && Object.values(rows[0])[0];
  } finally {
    await client.end().catch(() => {});
  }
}

function serverPid(): number {
  return Number.parseInt(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8"), 10);
}

test("data outlives a stop, the stop leaves no process, and only its owner can read the cluster", async () => {
  const first = await start();
  await ask(first.url, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS n");
  const pid = serverPid();
  expect(runningDatabaseUrl(dataDir)).toBe(first.url);
  await first.stop();
  expect(processStart(pid)).toBeUndefined();
  expect(runningDatabaseUrl(dataDir)).toBeUndefined();
  const second = await start();
  stops.push(() => second.stop());
  expect(await ask(second.url, "SELECT n FROM kept")).toBe(42);
  expect(await ask(second.url, "SHOW server_encoding")).toBe("UTF8");
  expect(statSync(join(dataDir, "postgres")).mode & 0o777).toBe(0o700);
});

test("a second start on the same directory is refused by a sentence that names the first", async () => {
  const first = await start();
  stops.push(() => first.stop());
  const refusal = await start().catch((error: unknown) => error);
  expect(isOperatorError(refusal)).toBe(true);
  expect(String(refusal)).toContain(dataDir);
  expect(String(refusal)).toContain(`process ${process.pid}`);
  expect(await ask(first.url, "SELECT 1")).toBe(1);
});

test("the pid file of a server that is gone does not stop the next start", async () => {
  await (await start()).stop();
  const pidFile = join(dataDir, "postgres", "postmaster.pid");
  // Our own pid lives and is no PostgreSQL: what a pid that was given out again looks like.
  writeFileSync(pidFile, `${process.pid}\n${join(dataDir, "postgres")}\n0\n5432\n\n\n\nready\n`);
  const again = await start();
  stops.push(() => again.stop());
  expect(await ask(again.url, "SELECT 1")).toBe(1);
  expect(processStart(process.pid)).toBeDefined();
});

test("a server that dies by itself is started again where clients expect it", async () => {
  const database = await start(dataDir, true);
  stops.push(() => database.stop());
  await ask(database.url, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS n");
  process.kill(serverPid(), "SIGKILL");
  await expect
    .poll(() => ask(database.url, "SELECT n FROM kept").catch(() => "away"), { timeout: 20_000 })
    .toBe(42);
  expect(said.some((text) => text.includes("ended by itself"))).toBe(true);
});

test("a lost password is made anew, the data stay", async () => {
  const first = await start();
  await ask(first.url, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS n");
  await first.stop();
  writeFileSync(join(dataDir, "secrets.json"), "{}");
  const second = await start();
  stops.push(() => second.stop());
  expect(second.url).not.toBe(first.url);
  expect(await ask(second.url, "SELECT n FROM kept")).toBe(42);
});

test("a cluster of another PostgreSQL is refused by a sentence and left as it is", async () => {
  await (await start()).stop();
  const version = join(dataDir, "postgres", "PG_VERSION");
  writeFileSync(version, "15\n");
  await expect(start()).rejects.toThrow(/made by PostgreSQL 15 and this is PostgreSQL 18/);
  expect(readFileSync(version, "utf8")).toBe("15\n");
  writeFileSync(version, "18\n");
  expect(isLocked(join(dataDir, "portaria.lock"))).toBe(false);
});

test("a shell's settings for psql change nothing", async () => {
  const shell = {
    PGSSLMODE: "require",
    PGOPTIONS: "-c search_path=elsewhere",
    PGHOST: "nowhere.invalid",
    PGUSER: "nobody",
    PGPASSWORD: "wrong",
    PGDATABASE: "none",
    PGDATA: "/nowhere",
    PGTZ: "Asia/Tokyo",
    PGCLIENTENCODING: "LATIN1",
    PGSERVICE: "other",
    PGAPPNAME: "other",
  };
  Object.assign(process.env, shell);
  try {
    const fresh = join(dataDir, "fresh", "below");
    const database = await start(fresh);
    stops.push(() => database.stop());
    const answer = await ask(
      database.url,
      "SELECT concat_ws(' ', current_user, current_database(), current_setting('search_path'), current_setting('timezone'), current_setting('client_encoding'))",
    );
    expect(answer).toBe('postgres portaria "$user", public UTC UTF8');
  } finally {
    for (const name of Object.keys(shell)) delete process.env[name];
  }
});

test("a start that was killed while it made the database does not stop the next one", async () => {
  const unmade = join(dataDir, "unmade");
  const script = `
    import { startEmbeddedDatabase } from ${JSON.stringify(join(root, "lib", "embedded-database", "embedded-database.mjs"))};
    const log = { info() {}, warn() {}, error() {} };
    await startEmbeddedDatabase({ dataDir: ${JSON.stringify(unmade)}, log });
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
  const ended = new Promise((resolve) => child.once("close", resolve));
  const drafts = () =>
    existsSync(unmade) ? readdirSync(unmade).filter((name) => name.includes(".new-")) : [];
  await expect.poll(() => drafts().length, { interval: 5, timeout: 20_000 }).toBeGreaterThan(0);
  child.kill("SIGKILL");
  await ended;
  const database = await start(unmade);
  stops.push(() => database.stop());
  expect(await ask(database.url, "SELECT 1")).toBe(1);
  expect(drafts()).toEqual([]);
});

test("a umask that closes everything, and an odd and long path, leave a DATA_DIR that PostgreSQL may use", async () => {
  const closed = join(dataDir, "umask", 'it\'s a "place" für 100% $HOME', "x".repeat(120));
  const before = process.umask(0o077);
  try {
    const database = await start(closed);
    stops.push(() => database.stop());
    expect(await ask(database.url, "SELECT 1")).toBe(1);
  } finally {
    process.umask(before);
  }
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  for (const path of [closed, join(closed, ".."), join(closed, "..", "..")])
    expect(statSync(path).mode & 0o777).toBe(mode);
  expect(lstatSync(join(closed, "postgres")).isSymbolicLink()).toBe(false);
});

test("a DATA_DIR that leads nowhere, or is too long, is refused by a sentence", async () => {
  const link = join(dataDir, "link");
  symlinkSync(join(dataDir, "gone"), link);
  await expect(start(link)).rejects.toThrow(/DATA_DIR=.* is a link that leads nowhere/);
  await expect(start("/proc/portaria")).rejects.toThrow(
    /DATA_DIR=\/proc\/portaria cannot be used: /,
  );
  await expect(start(join(dataDir, "x".repeat(300)))).rejects.toThrow(/its path is too long/);
});

test("servers with a database of their own share a DATA_DIR, and not with an embedded one", async () => {
  const shared = join(dataDir, "shared");
  await shareDataDirectory(shared);
  await shareDataDirectory(shared);
  await expect(start(shared)).rejects.toThrow(/DATA_DIR=.*shared is in use by another process/);
  const first = await start();
  stops.push(() => first.stop());
  await expect(shareDataDirectory(dataDir)).rejects.toThrow(/is in use by process/);
});

test("a DATA_DIR that is a file is refused by a sentence", async () => {
  const file = join(dataDir, "file");
  writeFileSync(file, "");
  await expect(start(file)).rejects.toThrow(/DATA_DIR=.* is a file/);
  await expect(start(join(file, "below"))).rejects.toThrow(/DATA_DIR=.* is a file/);
});
