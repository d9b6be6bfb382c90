import type { Client } from "pg";
import { contentsOf } from "@/lib/backup/catalogue";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { makeMigrationsTable, recordMigration } from "@/prisma/applied-migrations";
import { type Migration, readMigrations } from "@/prisma/migration-files";

/**
 * Makes the tables as the named migrations do, in the transaction of `client`.
 *
 * @throws OperatorError where one is not known here, and so the backup of a newer version
 */
export async function makeSchema(client: Client, migrations: string[]): Promise<void> {
  const scripts = scriptsOf(migrations);
  await makeMigrationsTable(client);
  for (const one of scripts) {
    await client.query(one.script);
    await recordMigration(client, one);
  }
}

/**
 * The scripts of these migrations, oldest first.
 *
 * @throws OperatorError where one is not known here
 */
export function scriptsOf(migrations: string[]): Migration[] {
  const known = readMigrations();
  const newer = migrations.find((name) => !known.some((one) => one.name === name));
  if (newer !== undefined)
    throw new OperatorError(
      `The backup was made by a newer version of Portaria (its migration ${newer} is not known here): bring the files up to date first (git pull).`,
    );
  return known.filter(({ name }) => migrations.includes(name));
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
