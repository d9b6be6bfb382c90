import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordAudit } from "@/lib/audit/record-audit";
import { roleSql } from "@/lib/audit/role-sql";
import { verifyChain } from "@/lib/audit/verify-chain";
import { db, disconnectDatabase } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { resetEnvironment } from "@/lib/env/env";
import { startJobs } from "@/lib/jobs/start-jobs";
import { makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { migrate } from "@/prisma/migrate";

const owners = testDatabase();
const role = `App-${randomBytes(6).toString("hex")}`;
const password = randomBytes(9).toString("hex");

async function asOwner(statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: owners() });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}

function rolesUrl(): string {
  const url = new URL(owners());
  url.username = role;
  url.password = password;
  return url.href;
}

// From here on the app of this file runs as the role.
beforeAll(async () => {
  await asOwner(`CREATE ROLE "${role}" LOGIN PASSWORD '${password}'`);
  await asOwner(roleSql(role));
  process.env.DATABASE_URL = rolesUrl();
  resetEnvironment();
});

afterAll(async () => {
  await disconnectDatabase();
  await asOwner(`DROP OWNED BY "${role}"; DROP ROLE "${role}"`);
});

const record = () =>
  inTransaction((tx) =>
    recordAudit(tx, "command", { action: "setting-changed", reason: "Tried", now: new Date() }),
  );

test("the app adds to the log with it, and reads it", async () => {
  const [row] = await db.$queryRaw<{ name: string }[]>`SELECT current_user::text AS name`;
  expect(row?.name).toBe(role);
  await record();
  await record();
  expect(await verifyChain()).toMatchObject({ kind: "intact", head: { seq: 2n } });
});

test.each([
  ["change", "UPDATE audit_entry SET reason = 'another'"],
  ["delete", "DELETE FROM audit_entry"],
  ["empty", "TRUNCATE audit_entry"],
  ["switch off the guard of", "ALTER TABLE audit_entry DISABLE TRIGGER USER"],
  ["drop", "DROP TABLE audit_entry"],
  ["take over", `ALTER TABLE audit_entry OWNER TO "${role}"`],
])("it has no right to %s the log", async (_, statement) => {
  await record();
  await expect(db.$executeRawUnsafe(statement)).rejects.toThrow(/permission denied|must be owner/);
});

test("it has no right to rewrite the history of the schema", async () => {
  const change = db.$executeRawUnsafe("UPDATE _prisma_migrations SET checksum = ''");
  await expect(change).rejects.toThrow(/permission denied/);
});

test("the app does everything else with it: it starts, keeps accounts and runs its jobs", async () => {
  await migrate(rolesUrl(), { log: { info: () => {} } });
  const { session } = await makeActor();
  await db.account.update({ where: { id: session.accountId }, data: { name: "Another" } });
  await db.account.delete({ where: { id: session.accountId } });
  await db.$queryRaw`SELECT (graphile_worker.add_job('clean_up', job_key := 'a')).id::text`;
  const jobs = () => db.$queryRaw`SELECT key FROM graphile_worker._private_jobs WHERE key = 'a'`;
  expect(await jobs()).toEqual([{ key: "a" }]);
  const worker = await startJobs({ databaseUrl: rolesUrl() });
  await expect.poll(jobs, { timeout: 15_000 }).toEqual([]);
  const crontabs = db.$queryRaw`SELECT identifier FROM graphile_worker._private_known_crontabs`;
  expect(await crontabs).toContainEqual({ identifier: "clean_up" });
  await worker.stop();
});

test("the statements may be run again, and cover tables that a later migration adds", async () => {
  await asOwner(roleSql(role));
  await asOwner("CREATE TABLE later (id int)");
  await db.$executeRaw`INSERT INTO later VALUES (1)`;
  await db.$executeRaw`DELETE FROM later`;
  await expect(db.$executeRaw`DELETE FROM audit_entry`).rejects.toThrow(/permission denied/);
});
