import { Client } from "pg";

/**
 * Runs something while tables are locked, as a migration or somebody's session may hold them.
 *
 * @param work gets the connection that holds them
 */
export async function whileLocked<T>(
  databaseUrl: string,
  tables: readonly string[],
  work: (holder: Client) => Promise<T>,
  mode = "ACCESS EXCLUSIVE",
): Promise<T> {
  const holder = new Client({ connectionString: databaseUrl });
  await holder.connect();
  try {
    // A job may use them now: this waits for it, however short the patience of others (`waitForLocks`).
    await holder.query("SET lock_timeout = 0");
    await holder.query(`BEGIN; LOCK TABLE ${tables.join(", ")} IN ${mode} MODE`);
    return await work(holder);
  } finally {
    await holder.end();
  }
}

/** Lets the statements of connections to come wait for a lock as long as this, for a test's sake. */
export async function waitForLocks(databaseUrl: string, milliseconds: number): Promise<void> {
  const owner = new Client({ connectionString: databaseUrl });
  await owner.connect();
  const name = new URL(databaseUrl).pathname.slice(1);
  await owner.query(`ALTER DATABASE "${name}" SET lock_timeout = ${milliseconds}`);
  await owner.end();
}
