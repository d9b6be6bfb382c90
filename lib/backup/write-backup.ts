import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, escapeIdentifier } from "pg";
import { to } from "pg-copy-streams";
import {
  inPublic,
  migrationsIn,
  ownTables,
  type StoredTable,
  sequencesIn,
  tablesIn,
} from "@/lib/backup/catalogue";
import { recordWriter } from "@/lib/backup/records";
import { holdSchema } from "@/lib/backup/session";
import { FORMAT_VERSION, type Header } from "@/lib/backup/shapes";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { root } from "@/lib/machine/project.mjs";
import { readMigrations } from "@/prisma/migration-files";

/** How many rows each table has, by its name. */
export type Counts = Record<string, number>;

/** What goes into a backup, settled before its first byte. */
export type Plan = { header: Header; tables: StoredTable[]; leftOut: string[] };

/**
 * What a backup of the database holds, as the transaction of `client` sees it. `leftOut` names tables
 * that are not Portaria's, which no migration could make again.
 *
 * @throws OperatorError where there are no tables of Portaria
 */
export async function planBackup(client: Client, secrets: Header["secrets"]): Promise<Plan> {
  const migrations = await migrationsIn(client);
  if (migrations.length === 0)
    throw new OperatorError(
      "This database holds nothing of Portaria yet: start Portaria on it once, or correct DATABASE_URL or DATA_DIR.",
    );
  const { rows } = await client.query("SELECT current_setting('server_version') AS version");
  const all = await tablesIn(client);
  const own = ownTables();
  // A newer Portaria may have made tables that this one does not know, and that belong to it.
  const isOfNewer = migrations.some((name) => !knownMigrations().has(name));
  const tables = isOfNewer ? all : all.filter(({ table }) => own.has(table));
  const header: Header = {
    format: "portaria backup",
    formatVersion: FORMAT_VERSION,
    product: JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version,
    postgres: rows[0].version,
    at: new Date().toISOString(),
    migrations,
    secrets,
  };
  const leftOut = all.filter((one) => !tables.includes(one)).map(({ table }) => table);
  return { header, tables, leftOut };
}

/** Begins the transaction that a backup is read in, which sees one moment, while no migration runs. */
export async function beginSnapshot(client: Client): Promise<void> {
  await holdSchema(client, { shared: true });
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

/** The names of the migrations of this version. */
export function knownMigrations(): Set<string> {
  return new Set(readMigrations().map(({ name }) => name));
}

/**
 * The bytes of a backup, read by COPY in the transaction of `client`, which sees one moment: that of
 * its first statement. `onCount` hears of each table's rows. Of a table that is not logged none are
 * read: a standby has none, and a backup would keep them past their end.
 */
export async function* writeBackup(
  client: Client,
  { header, tables }: Plan,
  onCount: (table: string, rows: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const writer = recordWriter();
  const counts: Counts = {};
  yield writer.json("H", header);
  for (const { table, columns, isUnlogged } of tables) {
    yield writer.json("T", { table, columns });
    let count = 0;
    if (!isUnlogged) {
      const names = columns.map((name) => escapeIdentifier(name)).join(", ");
      const rows = client.query(
        to(`COPY (SELECT ${names} FROM ONLY ${inPublic(table)}) TO STDOUT`),
      );
      for await (const chunk of rows) yield* writer.data(chunk);
      // The stream ends before PostgreSQL's word on it is read, and the next one must not begin before.
      await client.query("SELECT");
      count = rows.rowCount;
    }
    counts[table] = count;
    onCount(table, count);
    yield writer.json("E", { rows: count });
  }
  // A sequence knows no snapshot: read last, it stands at or behind every row above.
  yield writer.end({ counts, sequences: await sequencesIn(client) });
}
