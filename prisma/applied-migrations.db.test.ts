import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isOperatorError } from "@/lib/machine/operator-error.mjs";
import { testDatabase } from "@/lib/testing/database";
import { formerChecksums } from "@/prisma/former-checksums";
import { migrate } from "@/prisma/migrate";
import { readMigrations } from "@/prisma/migration-files";
import { everyTable, listMigrations, openSchemaEngine } from "@/prisma/schema-engine";

const url = testDatabase();
const log = { info() {} };
let directory: string;
let client: Client;

const add = (name: string, sql: string) => {
  mkdirSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, name, "migration.sql"), sql);
};
const start = (from: string | undefined = directory) => migrate(url(), { log, directory: from });
const ask = async (sql: string) => (await client.query(sql)).rows;
const tables = async () =>
  (
    await ask(
      "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname ~ '^t_' ORDER BY 1",
    )
  )
    .map(({ name }) => name)
    .join();
const records = (columns: string) =>
  ask(`SELECT ${columns} FROM _prisma_migrations ORDER BY migration_name, started_at`);

/** What Prisma's own engine makes of the database, as `prisma migrate deploy` did at each start. */
async function prismaDeploys(from?: string) {
  const { engine, close } = await openSchemaEngine(url());
  const migrationsList = listMigrations(from);
  try {
    const found = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: everyTable,
    });
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList,
      filters: everyTable,
    });
    const { history, failedMigrationNames, editedMigrationNames } = found;
    return { history, failedMigrationNames, editedMigrationNames, appliedMigrationNames };
  } finally {
    await close();
  }
}

async function refusal(): Promise<string> {
  const error: unknown = await start().then(
    () => new Error("nothing wrong"),
    (thrown: unknown) => thrown,
  );
  expect(isOperatorError(error)).toBe(true);
  return (error as Error).message;
}

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

describe("a start and Prisma's own engine go on from each other", () => {
  const nothingToDo = {
    history: null,
    failedMigrationNames: [],
    editedMigrationNames: [],
    appliedMigrationNames: [],
  };
  const columns = `migration_name, checksum, applied_steps_count, logs, rolled_back_at,
    finished_at IS NOT NULL AS finished, finished_at >= started_at AS "in order", length(id) AS id`;

  test("to it, a database made by a start has nothing to do, and the same records as its own", async () => {
    await migrate(url(), { log });
    expect(await prismaDeploys()).toEqual(nothingToDo);
    const ours = await records(columns);
    const shape = await shapeOfRecords();
    await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    const names = readMigrations().map(({ name }) => name);
    expect((await prismaDeploys()).appliedMigrationNames).toEqual(names);
    expect(await records(columns)).toEqual(ours);
    expect(await shapeOfRecords()).toEqual(shape);
  });

  test("a start changes nothing in a database that it made", async () => {
    await prismaDeploys();
    const before = await records("*");
    const said: string[] = [];
    await migrate(url(), { log: { info: (text) => said.push(text) } });
    expect(await records("*")).toEqual(before);
    expect(said).toEqual([]);
  });

  test("one applies what the other has not", async () => {
    add("1_a", "CREATE TABLE t_a (n int)");
    await prismaDeploys(directory);
    add("2_b", "CREATE TABLE t_b (n int)");
    await start();
    add("3_c", "CREATE TABLE t_c (n int)");
    expect((await prismaDeploys(directory)).appliedMigrationNames).toEqual(["3_c"]);
    expect(await tables()).toBe("t_a,t_b,t_c");
  });

  test("a start goes on where a migration of Prisma's failed, and its own tries count as such for it", async () => {
    add("1_a", "CREATE TABLE t_a (n int); SELECT 1/0;");
    await expect(prismaDeploys(directory)).rejects.toThrow();
    expect(await refusal()).toMatch(/1_a: division by zero/);
    expect((await records("rolled_back_at IS NULL AS open")).map(({ open }) => open)).toEqual([
      false,
      true,
    ]);
    await expect(prismaDeploys(directory)).rejects.toThrow();
    add("1_a", "CREATE TABLE t_a (n int)");
    await start();
    expect(await prismaDeploys(directory)).toEqual({ ...nothingToDo });
  });
});

const shapeOfRecords = () =>
  ask(`SELECT column_name, data_type, character_maximum_length, is_nullable, column_default
       FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY 1`);

test("a failed try is written down with its cause, and the next one beside it", async () => {
  add("1_a", "CREATE TABLE t_a (n int)");
  add("2_b", "CREATE TABLE t_b (n int); SELECT 1/0;");
  add("3_c", "CREATE TABLE t_c (n int)");
  expect(await refusal()).toBe("The database cannot be migrated: 2_b: division by zero.");
  expect(await tables()).toBe("t_a");
  add("2_b", "CREATE TABLE t_b (n int)");
  await start();
  expect(await tables()).toBe("t_a,t_b,t_c");
  const columns = `migration_name AS name, logs, finished_at IS NOT NULL AS done,
    rolled_back_at IS NOT NULL AS undone, applied_steps_count AS steps`;
  const done = { logs: null, done: true, undone: false, steps: 1 };
  expect(await records(columns)).toEqual([
    { name: "1_a", ...done },
    { name: "2_b", logs: "division by zero", done: false, undone: true, steps: 0 },
    { name: "2_b", ...done },
    { name: "3_c", ...done },
  ]);
});

test("a migration that cannot be written down is not made either", async () => {
  add(
    "1_a",
    `CREATE TABLE t_a (n int);
     CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room'; END $$;
     CREATE TRIGGER no BEFORE UPDATE ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION no();`,
  );
  expect(await refusal()).toBe("The database cannot be migrated: 1_a: no room.");
  expect(await tables()).toBe("");
});

test("a start that is killed in the middle leaves nothing, and the next one makes it", async () => {
  await client.query("CREATE SCHEMA held; CREATE TABLE held.here (n int)");
  const holder = new Client({ connectionString: url() });
  await holder.connect();
  try {
    await holder.query("BEGIN; LOCK TABLE held.here");
    add("1_a", "CREATE TABLE t_a (n int); INSERT INTO held.here VALUES (1);");
    const killed = refusal();
    const waiting = `FROM pg_stat_activity WHERE wait_event_type = 'Lock'
      AND datname = current_database() AND query LIKE 'CREATE TABLE t_a%'`;
    await vi.waitUntil(async () => (await ask(`SELECT pid ${waiting}`)).length === 1, 20_000);
    await client.query(`SELECT pg_terminate_backend(pid) ${waiting}`);
    expect(await killed).toMatch(/^The database cannot be migrated: 1_a: .*terminat/);
    await holder.query("ROLLBACK");
    expect(await tables()).toBe("");
    await start();
    expect(await tables()).toBe("t_a");
    expect(await ask("SELECT n FROM held.here")).toEqual([{ n: 1 }]);
    expect((await prismaDeploys(directory)).appliedMigrationNames).toEqual([]);
  } finally {
    await holder.end();
    await client.query("DROP SCHEMA held CASCADE");
  }
});

test.each<[string, string, boolean]>([
  ["the same", "CREATE TABLE t_a (\n  n int\n);\n", true],
  ["the line ends of another system", "CREATE TABLE t_a (\r\n  n int\r\n);\r\n", true],
  ["one more column", "CREATE TABLE t_a (\n  n int, m int\n);\n", false],
  ["one more space", "CREATE TABLE t_a (\n  n int\n); \n", false],
])("a script that was applied and now has %s", async (_, sql, isTaken) => {
  add("1_a", "CREATE TABLE t_a (\n  n int\n);\n");
  await start();
  add("1_a", sql);
  add("2_b", "CREATE TABLE t_b (n int)");
  if (isTaken) await start();
  else
    expect(await refusal()).toBe(
      "The database cannot be migrated: prisma/migrations/1_a/migration.sql was changed after it had been applied: put it back as it was (git checkout), and write what is new as a migration of its own.",
    );
  expect(await tables()).toBe(isTaken ? "t_a,t_b" : "t_a");
});

test("what a newer version has applied is none of a start's", async () => {
  add("1_a", "CREATE TABLE t_a (n int)");
  add("2_newer", "CREATE TABLE t_newer (n int)");
  await start();
  rmSync(join(directory, "2_newer"), { recursive: true });
  const before = await records("*");
  await start();
  expect(await records("*")).toEqual(before);
});

test.each([
  ["a table", "CREATE TABLE theirs (n int)", "DROP TABLE theirs"],
  ["a view", "CREATE VIEW theirs AS SELECT 1 AS n", "DROP VIEW theirs"],
  ["a type", "CREATE TYPE theirs AS ENUM ('a')", "DROP TYPE theirs"],
])("a database that holds %s of others is left as it is", async (_, make, drop) => {
  await client.query(make);
  add("1_a", "CREATE TABLE t_a (n int)");
  expect(await refusal()).toMatch(/it holds tables that are not Portaria's/);
  expect(await ask("SELECT to_regclass('_prisma_migrations') AS found")).toEqual([{ found: null }]);
  await client.query(drop);
  await start();
  expect(await tables()).toBe("t_a");
});

test("a database of before two files were edited starts, and gets the indexes they lacked", async () => {
  await migrate(url(), { log });
  await client.query(`DROP INDEX further_address_email_idx, mail_waiting_idx, mail_tried_idx;
    CREATE INDEX mail_state_kind_next_try_at_idx ON mail (state, kind, next_try_at);
    DELETE FROM _prisma_migrations WHERE migration_name LIKE '%indexes_of_edited_migrations'`);
  for (const [name, checksum] of Object.entries(formerChecksums)) {
    await client.query("UPDATE _prisma_migrations SET checksum = $2 WHERE migration_name = $1", [
      name,
      checksum,
    ]);
  }
  await migrate(url(), { log });
  const found = await ask(`SELECT indexname AS name FROM pg_indexes WHERE indexname ~
    '^(further_address_email|mail_waiting|mail_tried|mail_state_kind_next_try_at)_idx$' ORDER BY 1`);
  expect(found.map(({ name }) => name)).toEqual([
    "further_address_email_idx",
    "mail_tried_idx",
    "mail_waiting_idx",
  ]);
});
