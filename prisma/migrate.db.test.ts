import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { migrate } from "@/prisma/migrate";
import { difference } from "@/prisma/new-migration";

const url = testDatabase();
const log = { info() {} };
let directory: string;
let client: Client;

const add = (name: string, sql: string) => {
  mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, name, "migration.sql"), sql);
};

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "portaria-migrations-"));
  client = new Client({ connectionString: url() });
  await client.connect();
  await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
});
afterEach(async () => {
  await client.end();
  rmSync(directory, { recursive: true, force: true });
});

test("the migrations lead to schema.prisma", async () => {
  expect(await difference(url())).toBeUndefined();
});

test("two processes that start at once migrate once", async () => {
  add("1_table", "CREATE TABLE one (n int); INSERT INTO one VALUES (1);");
  await Promise.all([1, 2, 3].map(() => migrate(url(), { log, directory })));
  const { rows } = await client.query("SELECT n FROM one");
  expect(rows).toEqual([{ n: 1 }]);
});

test("a script with semicolons in comments and functions is taken whole", async () => {
  add(
    "1_function",
    "-- one; two\nCREATE FUNCTION two() RETURNS int AS $$ BEGIN PERFORM 1; RETURN 2; END $$ LANGUAGE plpgsql;",
  );
  await migrate(url(), { log, directory });
  expect((await client.query("SELECT two()")).rows).toEqual([{ two: 2 }]);
});

test("a migration that failed leaves nothing behind and is tried again", async () => {
  add("1_broken", "CREATE TABLE one (n int); SELECT 1/0;");
  await expect(migrate(url(), { log, directory })).rejects.toThrow(/1_broken/);
  expect((await client.query("SELECT to_regclass('one') AS found")).rows).toEqual([
    { found: null },
  ]);
  add("1_broken", "CREATE TABLE one (n int);");
  await migrate(url(), { log, directory });
  expect((await client.query("SELECT to_regclass('one') AS found")).rows).toEqual([
    { found: "one" },
  ]);
});
