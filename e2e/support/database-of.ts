import pg from "pg";
import { runningDatabaseUrl } from "@/lib/data-directory/data-directory.mjs";

/** Runs a statement in the database of the installation that keeps its data in a directory. */
export async function runIn(
  dataDirectory: string,
  statement: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: runningDatabaseUrl(dataDirectory) });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end();
  }
}
