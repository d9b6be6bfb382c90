import { type Loaded, loadBackup } from "@/lib/backup/load-backup";
import { refuseUnlessEmpty } from "@/lib/backup/make-schema";
import type { BackupRecord } from "@/lib/backup/records";
import { holdSchema, openSession } from "@/lib/backup/session";
import type { OpenDatabase } from "@/lib/backup/source";
import { migrate } from "@/prisma/migrate";

/**
 * Puts a backup into an empty database: all of it in one transaction, and then the migrations that are
 * newer than the backup.
 *
 * @param options `instead`: what to do where the database is not empty, as half a sentence;
 *   `beforeCommit` may still throw, and its answer undoes it when the commit fails
 * @throws OperatorError for what is wrong with either; errors of the database as they come
 */
export async function loadInto(
  { url, which }: Pick<OpenDatabase, "url" | "which">,
  records: AsyncGenerator<BackupRecord>,
  options: {
    signal: AbortSignal;
    instead: string;
    beforeCommit(loaded: Loaded): Promise<() => void>;
  },
): Promise<Loaded> {
  const client = await openSession(url, options.signal);
  let loaded: Loaded;
  try {
    await holdSchema(client, { shared: false });
    await client.query("BEGIN");
    const named = which.charAt(0).toUpperCase() + which.slice(1);
    await refuseUnlessEmpty(client, { which: named, instead: options.instead });
    loaded = await loadBackup(client, records);
    const undo = await options.beforeCommit(loaded);
    try {
      await client.query("COMMIT");
    } catch (error) {
      undo();
      throw error;
    }
  } finally {
    await client.end().catch(() => {});
  }
  await migrate(url, { log: { info() {} } });
  return loaded;
}
