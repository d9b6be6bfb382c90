import { type Client, escapeIdentifier } from "pg";
import type { Table } from "@/lib/backup/shapes";
import { MIGRATIONS_TABLE } from "@/prisma/applied-migrations";
import { readSchema } from "@/prisma/migration-files";

/** A table or sequence in the schema public, ready to stand in a statement. */
export const inPublic = (name: string) => `public.${escapeIdentifier(name)}`;

/** A table as it stands. `isUnlogged`: it holds what is of use for minutes, and none of it on a standby. */
export type StoredTable = Table & { isUnlogged: boolean };

/**
 * The tables in the schema public, partitions one by one, with the columns that hold what was written:
 * not those that PostgreSQL computes. Nothing of extensions.
 */
export async function tablesIn(client: Client): Promise<StoredTable[]> {
  const { rows } = await client.query<StoredTable>(
    `SELECT c.relname AS "table", array_agg(a.attname::text ORDER BY a.attnum) AS columns,
       c.relpersistence = 'u' AS "isUnlogged"
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> $1
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
     GROUP BY c.relname, c.relpersistence ORDER BY c.relname`,
    [MIGRATIONS_TABLE],
  );
  return rows;
}

/** Where each sequence in the schema public stands. */
export async function sequencesIn(client: Client) {
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY 1",
  );
  const sequences: { name: string; value: string; isCalled: boolean }[] = [];
  for (const { name } of rows) {
    const stands = await client.query<{ value: string; isCalled: boolean }>(
      `SELECT last_value::text AS value, is_called AS "isCalled" FROM ${inPublic(name)}`,
    );
    sequences.push(...stands.rows.map((row) => ({ name, ...row })));
  }
  return sequences;
}

/** The names of the migrations that were applied, oldest first; none where Portaria never started. */
export async function migrationsIn(client: Client): Promise<string[]> {
  const there = await client.query("SELECT to_regclass($1) IS NOT NULL AS yes", [
    inPublic(MIGRATIONS_TABLE),
  ]);
  if (!there.rows[0].yes) return [];
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT migration_name AS name FROM ${inPublic(MIGRATIONS_TABLE)}
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/** What a database holds beside extensions, by name: nothing where it was just made. */
export async function contentsOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
       AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
     UNION ALL
     SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
     ORDER BY 1 LIMIT 5`,
  );
  return rows.map(({ name }) => name);
}

/** The tables that this version of Portaria knows, from its own schema. */
export function ownTables(): Set<string> {
  const models = readSchema().matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm);
  return new Set(
    [...models].map(([, name = "", body = ""]) => /@@map\("([^"]+)"\)/.exec(body)?.[1] ?? name),
  );
}
