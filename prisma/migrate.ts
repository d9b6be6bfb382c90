import { Logger, runMigrations } from "graphile-worker";
import { Client } from "pg";
import { refuseMoved } from "@/lib/db/moved-mark";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { everyTable, openSchemaEngine, readMigrations } from "@/prisma/schema-engine";

// Any number that no other program takes a lock on in this database.
const advisoryLock = 7_064_531_820;

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
  try {
    await client.connect();
    await takeTurn(client, log);
    await refuseMoved(client);
    await applyOurs(databaseUrl, directory, log);
    await runMigrations({ connectionString: databaseUrl, logger: new Logger(() => () => {}) });
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(`The database cannot be migrated: ${causeOf(error)}`, { cause: error });
  } finally {
    await client.end();
  }
}

async function takeTurn(client: Client, log: { info(text: string): void }): Promise<void> {
  const lock = [advisoryLock];
  const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS mine", lock);
  if (rows[0]?.mine === true) return;
  log.info("The database is being migrated, backed up or moved by another process: waiting.");
  await client.query("SELECT pg_advisory_lock($1)", lock);
}

async function applyOurs(
  databaseUrl: string,
  directory: string | undefined,
  log: { info(text: string): void },
) {
  const migrationsList = readMigrations(directory);
  const { engine, scriptFault, close } = await openSchemaEngine(databaseUrl);
  try {
    const { failedMigrationNames } = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: everyTable,
    });
    // A script is one transaction, so what failed, or was killed half-way, left nothing behind.
    for (const migrationName of failedMigrationNames)
      await engine.markMigrationRolledBack({ migrationName });
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList,
      filters: everyTable,
    });
    if (appliedMigrationNames.length > 0)
      log.info(`Migrations applied: ${appliedMigrationNames.join(", ")}.`);
  } catch (error) {
    const name = /migration_name="([^"]+)"/.exec(messageOf(error))?.[1];
    const fault = scriptFault();
    throw fault && name ? new Error(`${name}: ${fault.message}`, { cause: error }) : error;
  } finally {
    await close();
  }
}

function causeOf(error: unknown): string {
  // Behind its words the engine numbers the places in its own sources.
  const words = (messageOf(error).split(/\n\s*0: /)[0] ?? "")
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : JSON.stringify(error);
}
