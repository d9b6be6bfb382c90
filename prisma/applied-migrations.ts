import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { formerChecksums } from "@/prisma/former-checksums";
import { checksumOf, isChecksumOf, type Migration } from "@/prisma/migration-files";

/** Where the migrations that a database has are written down, as Prisma's engine 7.10 does. */
export const MIGRATIONS_TABLE = "_prisma_migrations";

const table = `public."${MIGRATIONS_TABLE}"`;

/** Makes the table of migrations, in which Prisma's own engine reads and writes too. */
export async function makeMigrationsTable(client: Client): Promise<void> {
  await client.query(`CREATE TABLE ${table} (
    id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`);
}

/**
 * Applies those of `migrations` that the database does not have, and returns their names. Each is one
 * transaction together with its record, so what fails or is killed leaves nothing but a record of the
 * try, and is tried again the next time. Only one process may do this at a time.
 *
 * @throws Error with one sentence where a script was changed after it was applied, where the database
 *   holds what is not Portaria's, or with the name of the migration that fails
 */
export async function applyMigrations(client: Client, migrations: Migration[]): Promise<string[]> {
  if (!(await hasTable(client))) {
    if (await holdsAnything(client)) throw new Error("The database schema is not empty.");
    await makeMigrationsTable(client);
  }
  const { rows: records } = await client.query<{ name: string; checksum: string; done: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS done
     FROM ${table} WHERE rolled_back_at IS NULL`,
  );
  if (records.some(({ done }) => !done))
    await client.query(
      `UPDATE ${table} SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
    );
  const applied = new Map(records.flatMap((one) => (one.done ? [[one.name, one.checksum]] : [])));
  for (const { name, script } of migrations) {
    const checksum = applied.get(name);
    if (checksum === undefined || checksum === formerChecksums[name]) continue;
    if (!isChecksumOf(script, checksum))
      throw new Error(
        `prisma/migrations/${name}/migration.sql was changed after it had been applied: put it back as it was (git checkout), and write what is new as a migration of its own.`,
      );
  }
  const missing = migrations.filter(({ name }) => !applied.has(name));
  for (const one of missing) await applyMigration(client, one);
  return missing.map(({ name }) => name);
}

async function applyMigration(client: Client, { name, script }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query(
    `INSERT INTO ${table} (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, now())`,
    [id, checksumOf(script), name],
  );
  try {
    await client.query("BEGIN");
    await client.query(script);
    await client.query(
      `UPDATE ${table} SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1`,
      [id],
    );
    await client.query("COMMIT");
  } catch (error) {
    const { message } = error as Error;
    const note = async () => {
      await client.query("ROLLBACK");
      await client.query(`UPDATE ${table} SET logs = $2 WHERE id = $1`, [id, message]);
    };
    // Where the connection is gone, the record is without a cause.
    await note().catch(() => {});
    throw new Error(`${name}: ${message}`, { cause: error });
  }
}

/** Writes down a migration that the transaction of `client` has just applied. */
export async function recordMigration(client: Client, { name, script }: Migration): Promise<void> {
  await client.query(
    `INSERT INTO ${table} (id, checksum, finished_at, migration_name, applied_steps_count)
     VALUES ($1, $2, clock_timestamp(), $3, 1)`,
    [randomUUID(), checksumOf(script), name],
  );
}

async function hasTable(client: Client): Promise<boolean> {
  const { rows } = await client.query("SELECT to_regclass($1) IS NOT NULL AS yes", [table]);
  return rows[0].yes;
}

async function holdsAnything(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT EXISTS (
       SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
         AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
       UNION ALL
       SELECT FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'e'
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
     ) AS yes`,
  );
  return rows[0].yes;
}
