import { createHash, randomUUID } from "node:crypto";
import type { Client } from "pg";
import { contentsOf, inPublic, MIGRATIONS_TABLE } from "@/lib/backup/catalogue";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { readMigrations } from "@/prisma/schema-engine";

// As Prisma's engine makes it, which then goes on from it (schema-engine 7.10).
const migrationsTable = `CREATE TABLE ${inPublic(MIGRATIONS_TABLE)} (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

/**
 * Makes the tables as the named migrations do, in the transaction of `client`.
 *
 * @throws OperatorError where one is not known here, and so the backup of a newer version
 */
export async function makeSchema(client: Client, migrations: string[]): Promise<void> {
  const scripts = scriptsOf(migrations);
  await client.query(migrationsTable);
  for (const { name, text } of scripts) {
    await client.query(text);
    await client.query(
      `INSERT INTO ${inPublic(MIGRATIONS_TABLE)} (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES ($1, $2, clock_timestamp(), $3, 1)`,
      [randomUUID(), createHash("sha256").update(text).digest("hex"), name],
    );
  }
}

/**
 * The scripts of these migrations, oldest first.
 *
 * @throws OperatorError where one is not known here
 */
export function scriptsOf(migrations: string[]): { name: string; text: string }[] {
  const known = new Map(
    readMigrations().migrationDirectories.map(({ path, migrationFile }) => [
      path,
      migrationFile.content.value as string,
    ]),
  );
  const newer = migrations.find((name) => !known.has(name));
  if (newer !== undefined)
    throw new OperatorError(
      `The backup was made by a newer version of Portaria (its migration ${newer} is not known here): bring the files up to date first (git pull).`,
    );
  return [...new Set(migrations)].sort().map((name) => ({ name, text: known.get(name) ?? "" }));
}

/**
 * Refuses a database that rows could be lost in, or that a server works on.
 *
 * @param which names it, as in "the database of DATABASE_URL at db.example.com:5432"
 * @param instead what to do, as half a sentence
 */
export async function refuseUnlessEmpty(
  client: Client,
  { which, instead }: { which: string; instead: string },
): Promise<void> {
  const contents = await contentsOf(client);
  if (contents.length > 0)
    throw new OperatorError(
      `${which} is not empty (it holds ${contents.slice(0, 3).join(", ")}), and nothing in it is overwritten: ${instead}.`,
    );
  const { rows } = await client.query(
    `SELECT count(*)::int AS servers FROM pg_stat_activity
     WHERE datname = current_database() AND application_name IN ('portaria', 'portaria jobs')`,
  );
  if (rows[0].servers > 0)
    throw new OperatorError(`${which} has a running Portaria on it: stop that first.`);
}
