import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSecrets } from "@/lib/data-directory/secrets.mjs";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { ensureAuthSecret } from "@/lib/start/database-for-start";

const said: string[] = [];
const keep = (text: string) => void said.push(text);
const log = { info: keep, warn: keep, error: keep };

let dataDir: string;
let secrets: string;
beforeAll(async () => {
  dataDir = makeTestDirectory("portaria-lost-secrets-");
  secrets = join(dataDir, "secrets.json");
  await whileItRuns((url) => ask(url, "CREATE TABLE kept AS SELECT 42 AS answer"));
});
afterAll(() => removeTestDirectory(dataDir));

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

async function whileItRuns<T>(work: (url: string) => Promise<T>): Promise<T> {
  const database = await startEmbeddedDatabase({ dataDir, durable: false, log });
  try {
    return await work(database.url);
  } finally {
    await database.stop();
  }
}

const answer = () => whileItRuns((url) => ask(url, "SELECT answer FROM kept"));

test.each([
  { damage: "empty", text: "" },
  { damage: "cut off", text: '{"databasePassword":"Zk' },
  { damage: "binary", text: "\u0000\u0001" },
  { damage: "of a wrong shape", text: '{"databasePassword":[]}' },
])("with the $damage file moved away the next start opens the old data", async ({ text }) => {
  writeFileSync(secrets, text);
  await expect(startEmbeddedDatabase({ dataDir, durable: false, log })).rejects.toThrow(
    /secrets\.json is damaged, for .*move it away and start again/,
  );
  expect(readFileSync(secrets, "utf8")).toBe(text);
  renameSync(secrets, `${secrets}.damaged`);
  said.length = 0;
  expect(await answer()).toBe(42);
  expect(said.join()).toContain("a new one was set; the data stay");
  rmSync(`${secrets}.damaged`);
});

test("a damaged file beside no database yet makes none", async () => {
  const fresh = makeTestDirectory("portaria-damaged-first-");
  try {
    writeFileSync(join(fresh, "secrets.json"), "{");
    await expect(startEmbeddedDatabase({ dataDir: fresh, durable: false, log })).rejects.toThrow(
      /is damaged/,
    );
    expect(existsSync(join(fresh, "postgres"))).toBe(false);
  } finally {
    await removeTestDirectory(fresh);
  }
});

test("a start says whether it made the database, or found one without its secrets", async () => {
  const fresh = makeTestDirectory("portaria-first-start-");
  try {
    for (const isNew of [true, false]) {
      const database = await startEmbeddedDatabase({ dataDir: fresh, durable: false, log });
      await database.stop();
      expect(database.isNew).toBe(isNew);
      rmSync(join(fresh, "secrets.json"));
      said.length = 0;
      expect(ensureAuthSecret(fresh, database, log)).toBe(readSecrets(fresh).authSecret);
      expect(said.join()).toMatch(isNew ? /^$/ : /everybody must sign in again/);
    }
  } finally {
    await removeTestDirectory(fresh);
  }
});

test("a file of another backup costs its one line alone", async () => {
  const authSecret = "8Zk2rWq0vXc5nTj7Lm3pYb9hGd1sFu4e";
  writeFileSync(secrets, JSON.stringify({ authSecret, databasePassword: "of another time" }));
  await expect(answer()).rejects.toThrow(/take the line databasePassword out of that file/);
  writeFileSync(secrets, JSON.stringify({ authSecret }));
  expect(await answer()).toBe(42);
  expect(readSecrets(dataDir)).toMatchObject({ authSecret });
});
