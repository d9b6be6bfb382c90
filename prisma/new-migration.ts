import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { prismaDirectory, readSchema } from "@/prisma/migration-files";
import { everyTable, listMigrations, openSchemaEngine } from "@/prisma/schema-engine";

const directory = join(prismaDirectory, "migrations");
const silent = { info() {}, warn() {}, error() {} };

/**
 * Writes what leads from the migrations there are to `schema.prisma` into
 * `prisma/migrations/<time>_<name>/migration.sql`; returns that path, or undefined when they agree.
 */
export async function writeMigration(name: string, now: Date): Promise<string | undefined> {
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw new OperatorError(
      "Name the migration in lower case with underscores: npm run migration -- add_trusted_place",
    );
  mkdirSync(directory, { recursive: true });
  const dataDir = makeTestDirectory("portaria-migration-");
  const database = await startEmbeddedDatabase({ dataDir, durable: false, log: silent });
  try {
    const script = await difference(database.url);
    if (script === undefined) return undefined;
    const stamp = now.toISOString().replace(/\D/g, "").slice(0, 14);
    const folder = join(directory, `${stamp}_${name}`);
    mkdirSync(folder);
    writeFileSync(join(folder, "migration.sql"), script);
    const lock = join(directory, "migration_lock.toml");
    if (!existsSync(lock)) writeFileSync(lock, 'provider = "postgresql"\n');
    return join(folder, "migration.sql");
  } finally {
    await database.stop();
    await removeTestDirectory(dataDir);
  }
}

/** The SQL from the migrations to the schema, undefined when there is nothing to do. */
export async function difference(databaseUrl: string): Promise<string | undefined> {
  const { engine, close } = await openSchemaEngine(databaseUrl);
  try {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: "migrations", ...listMigrations(directory) },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: readSchema() }] },
      script: true,
      exitCode: true,
      filters: everyTable,
    });
    return exitCode === 2 && stdout ? stdout : undefined;
  } finally {
    await close();
  }
}
