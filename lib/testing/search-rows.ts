import { db } from "@/lib/db/client";

/** Every table of the database that is not PostgreSQL's own, as it is written in SQL. */
export async function everyTable(): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
    ORDER BY 1`;
  return rows.map(({ name }) => name);
}

/**
 * Searches every column of every table for some texts, in whatever it is: inside JSON and arrays too, and
 * of bytes in hexadecimal.
 *
 * @param needles what is looked for, in lower case
 * @returns each row that holds one, as `table.column`, with its columns as text
 */
export async function searchRows(
  needles: string[],
): Promise<{ column: string; row: Record<string, unknown> }[]> {
  const found: { column: string; row: Record<string, unknown> }[] = [];
  for (const table of await everyTable()) {
    const rows = await db.$queryRawUnsafe<{ row: Record<string, unknown> }[]>(
      `SELECT to_jsonb(t) AS row FROM ${table} t`,
    );
    for (const { row } of rows) {
      for (const [column, value] of Object.entries(row)) {
        const text = JSON.stringify(value).toLowerCase();
        if (!needles.some((needle) => text.includes(needle))) continue;
        found.push({ column: `${table.replace(/^public\./, "")}.${column}`, row });
      }
    }
  }
  return found;
}
