import { Logger, runMigrations } from "graphile-worker";
import { Client } from "pg";
import { everyTable, openSchemaEngine, readMigrations } from "@/prisma/schema-engine";
import { OperatorError } from "@/scripts/operator-error.mjs";

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
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [advisoryLock]);
    await applyOurs(databaseUrl, directory, log);
    await runMigrations({ connectionString: databaseUrl, logger: new Logger(() => () => {}) });
  } finally {
    await client.end();
  }
}

async function applyOurs(
  databaseUrl: string,
  directory: string | undefined,
  log: { info(text: string): void },
) {
  const migrationsList = readMigrations(directory);
  const { engine, close } = await openSchemaEngine(databaseUrl);
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
    throw new OperatorError(`The database cannot be migrated: ${firstWords(error)}`, {
      cause: error,
    });
  } finally {
    await close();
  }
}

function firstWords(error: unknown): string {
  const text = error instanceof Error ? error.message : JSON.stringify(error);
  return text.replace(/\s+/g, " ").slice(0, 500);
}
