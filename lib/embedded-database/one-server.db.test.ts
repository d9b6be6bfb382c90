import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { runningDatabaseUrl } from "@/lib/data-directory/data-directory.mjs";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { root } from "@/lib/machine/project.mjs";
import { inOtherNamespace } from "@/lib/testing/other-namespace";

// Says the URL, or why not, in one line; stops with its input.
const server = `
  import { startEmbeddedDatabase } from ${JSON.stringify(join(root, "lib", "embedded-database", "embedded-database.mjs"))};
  const log = { info: console.error, warn: console.error, error: console.error };
  try {
    const database = await startEmbeddedDatabase({ dataDir: process.argv[1], durable: false, log });
    console.log("up " + database.url);
    process.stdin.resume().once("end", () => database.stop().then(() => process.exit(0)));
  } catch (error) {
    console.log(error.name + " " + error.message);
  }
`;

const log = { info() {}, warn() {}, error() {} };
let dataDir: string;
let logged = "";
let running: { child: ChildProcess; ended: Promise<void> }[] = [];
beforeAll(async () => {
  dataDir = makeTestDirectory("portaria-one-server-");
  await (await startEmbeddedDatabase({ dataDir, durable: false, log })).stop();
});
afterEach(async () => {
  for (const { child, ended } of running) {
    child.stdin?.end();
    await ended;
  }
  running = [];
  logged = "";
});
afterAll(() => removeTestDirectory(dataDir));

async function startServer({ apart = false, dir = dataDir } = {}) {
  const command = [process.execPath, "--input-type=module", "-e", server, dir];
  const [program = "", ...args] = [...(apart ? inOtherNamespace() : []), ...command];
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  child.stderr.on("data", (text) => {
    logged += text;
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  running.push({ child, ended });
  const said = await new Promise<string>((resolve) => {
    child.stdout.once("data", (line) => resolve(`${line}`.trim()));
  });
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  return { said, url: said.replace(/^up /, ""), kill };
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

// What every file under DATA_DIR but those that the first server itself writes looks like.
function filesOf(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((name) => !/portaria\.lock$|pg_wal|pg_stat|pg_logical|postgres\.log$/.test(name))
    .map((name) => `${name} ${statSync(join(dir, name)).mtimeMs}`)
    .sort();
}

test.each([
  { first: "here", second: "in another namespace" },
  { first: "in another namespace", second: "here" },
  { first: "in one namespace", second: "in another" },
])("a server that runs $first keeps out one $second", async ({ first, second }) => {
  const one = await startServer({ apart: first !== "here" });
  expect(one.said).toMatch(/^up postgresql:/);
  await ask(one.url, "CHECKPOINT");
  const before = filesOf(dataDir);
  const two = await startServer({ apart: second !== "here" });
  expect(two.said).toMatch(
    /^OperatorError DATA_DIR=\S+ is in use by [^:]+: stop it first, or give this start its own PORT and DATA_DIR\.$/,
  );
  expect(two.said).toContain(dataDir);
  expect(filesOf(dataDir)).toEqual(before);
  expect(await ask(one.url, "SELECT 1 AS answer")).toBe(1);
  expect(runningDatabaseUrl(dataDir)).toBe(one.url);
});

test("what its files say of a server makes no difference: it may be out of sight", async () => {
  const one = await startServer();
  const gone = { pid: 2 ** 22 + 1, host: "away", machine: "another", space: "pid" };
  writeFileSync(join(dataDir, "portaria.lock"), JSON.stringify(gone));
  expect((await startServer()).said).toMatch(/is in use by a server on the machine away:/);
  writeFileSync(join(dataDir, "portaria.lock"), "");
  expect(await ask(one.url, "SELECT 1 AS answer")).toBe(1);
});

test("neither a lock file taken away nor a second way to the cluster lets another server in", async () => {
  const one = await startServer();
  rmSync(join(dataDir, "portaria.lock"));
  expect((await startServer()).said).toMatch(/^OperatorError .* is in use by another server/);
  const copy = makeTestDirectory("portaria-second-way-");
  try {
    cpSync(join(dataDir, "secrets.json"), join(copy, "secrets.json"));
    symlinkSync(join(dataDir, "postgres"), join(copy, "postgres"));
    expect((await startServer({ dir: copy })).said).toMatch(/reaches it by another DATA_DIR/);
  } finally {
    rmSync(join(copy, "postgres"));
    await removeTestDirectory(copy);
  }
  expect(await ask(one.url, "SELECT 1 AS answer")).toBe(1);
});

test.each([
  { first: "here", next: "in another namespace" },
  { first: "in another namespace", next: "here" },
])(
  "after a server $first was killed the next one $next starts at once, with the data",
  async (way) => {
    const one = await startServer({ apart: way.first !== "here" });
    await ask(one.url, "DROP TABLE IF EXISTS kept");
    await ask(one.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    await ask(one.url, "CHECKPOINT");
    await one.kill();
    const two = await startServer({ apart: way.next !== "here" });
    expect(two.said).toMatch(/^up postgresql:/);
    expect(await ask(two.url, "SELECT answer FROM kept")).toBe(42);
  },
);

test("a PostgreSQL that outlived its start is waited for where it cannot be seen, and not robbed of its files", async () => {
  const one = await startServer();
  const pidFile = join(dataDir, "postgres", "postmaster.pid");
  const postmaster = Number.parseInt(readFileSync(pidFile, "utf8"), 10);
  // It cannot end while it is stopped: what a shutdown that takes its time looks like.
  process.kill(postmaster, "SIGSTOP");
  let coming: ReturnType<typeof startServer>;
  try {
    await one.kill();
    coming = startServer({ apart: true });
    await expect.poll(() => logged).toContain("still ends and is waited for");
    expect(Number.parseInt(readFileSync(pidFile, "utf8"), 10)).toBe(postmaster);
  } finally {
    process.kill(postmaster, "SIGCONT");
  }
  const two = await coming;
  expect(two.said).toMatch(/^up postgresql:/);
});
