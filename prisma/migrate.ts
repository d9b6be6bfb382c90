import { Logger, runMigrations } from "graphile-worker";
import { Client } from "pg";
import { refuseMoved } from "@/lib/db/moved-mark";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { applyMigrations } from "@/prisma/applied-migrations";
import { readMigrations } from "@/prisma/migration-files";
import { SCHEMA_LOCK } from "@/prisma/schema-lock";

/**
 * Brings the database at `databaseUrl` to the newest schema: ours and that of graphile-worker.
 * Several processes may call this at once; one works, the others wait. A migration that failed
 * before is tried again. Throws an `OperatorError` that names the migration and the cause.
 */
export async function migrate(
  databaseUrl: string,
  { log, directory }: { log: { info(text: string): void }; directory?: string },
): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  // A statement says it too when the connection is lost.
  client.on("error", () => {});
  try {
    await client.connect();
    await takeTurn(client, log);
    await refuseMoved(client);
    const applied = await applyMigrations(client, readMigrations(directory));
    if (applied.length > 0) log.info(`Migrations applied: ${applied.join(", ")}.`);
    await runMigrations({ connectionString: databaseUrl, logger: new Logger(() => () => {}) });
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(`The database cannot be migrated: ${causeOf(error)}`, { cause: error });
  } finally {
    await client.end();
  }
}

async function takeTurn(client: Client, log: { info(text: string): void }): Promise<void> {
  const lock = [SCHEMA_LOCK];
  const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS mine", lock);
  if (rows[0]?.mine === true) return;
  log.info("The database is being migrated, backed up or moved by another process: waiting.");
  await client.query("SELECT pg_advisory_lock($1)", lock);
}

function causeOf(error: unknown): string {
  const words = (error instanceof Error ? error.message : String(error))
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 500);
  if (/permission denied|must be owner/.test(words))
    return `its user lacks a right (${words}): GRANT CREATE ON SCHEMA public and ON DATABASE to that user, or start once as the owner of the tables.`;
  if (/read-only/.test(words))
    return `it can only be read (${words}): set DATABASE_URL to the primary.`;
  if (/schema is not empty/.test(words))
    return "it holds tables that are not Portaria's: give it a database of its own in DATABASE_URL.";
  return words.endsWith(".") ? words : `${words}.`;
}
