import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { runningDatabaseUrl } from "@/scripts/data-directory.mjs";
import { startEmbeddedDatabase } from "@/scripts/embedded-database.mjs";
import { isLocked } from "@/scripts/file-lock.mjs";
import { isOperatorError } from "@/scripts/operator-error.mjs";
import { processStart } from "@/scripts/process-identity.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/scripts/test-directory.mjs";

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

test("a DATA_DIR that is a file is refused by a sentence", async () => {
  const file = join(dataDir, "file");
  writeFileSync(file, "");
  await expect(start(file)).rejects.toThrow(/DATA_DIR=.* is a file/);
  await expect(start(join(file, "below"))).rejects.toThrow(/DATA_DIR=.* is a file/);
});
