import { parseArgs } from "node:util";
import { refuseToOverwrite, writeBackupFile, writeBackupOut } from "@/lib/backup/backup-file";
import { runInterruptible } from "@/lib/backup/run-interruptible";
import { explainDatabaseFault, openSession } from "@/lib/backup/session";
import type { Header } from "@/lib/backup/shapes";
import { type OpenDatabase, openSource, secretsOf } from "@/lib/backup/source";
import { beginSnapshot, type Counts, planBackup, writeBackup } from "@/lib/backup/write-backup";
import { readEnvironment } from "@/lib/env/env";
import { OperatorError } from "@/lib/machine/operator-error.mjs";

/** Does what `npm run backup -- FILE` is asked to: all rows, of one moment, and the secrets, in one file. */
export async function runBackupCommand(words: string[]): Promise<void> {
  await runInterruptible(async ({ signal }) => {
    const path = fileAmong(words, "backup");
    if (path === "-" && process.stdout.isTTY)
      throw new OperatorError(
        "A backup is not for a terminal: name a file, or pass standard output on (npm run -s backup -- - | …).",
      );
    if (path !== "-") refuseToOverwrite(path);
    const settings = readEnvironment(process.env);
    const source = await openSource(settings);
    try {
      const { counts, leftOut, size } = await backUp(source, secretsOf(settings), path, signal);
      const words = `${tally(counts)} of ${source.which} are in ${path === "-" ? "the backup" : path}${size === undefined ? "" : ` (${inMegabytes(size)})`}. It holds AUTH_SECRET and what customers entrusted to you: keep it where you keep secrets.${leftOut.length === 0 ? "" : ` Not in it, because they are not Portaria's: ${leftOut.join(", ")}.`}`;
      if (path !== "-") return words;
      process.stderr.write(`${words}\n`);
      return "";
    } finally {
      await source.close();
    }
  });
}

async function backUp(
  source: OpenDatabase,
  secrets: Header["secrets"],
  path: string,
  signal: AbortSignal,
): Promise<{ counts: Counts; leftOut: string[]; size?: number }> {
  try {
    const client = await openSession(source.url, signal);
    try {
      await beginSnapshot(client);
      const plan = await planBackup(client, secrets);
      const counts: Counts = {};
      const bytes = writeBackup(client, plan, (table, rows) => {
        counts[table] = rows;
      });
      const { leftOut } = plan;
      if (path !== "-")
        return { counts, leftOut, size: await writeBackupFile(path, bytes, signal) };
      await writeBackupOut(bytes, signal);
      return { counts, leftOut };
    } finally {
      await client.end().catch(() => {});
    }
  } catch (error) {
    throw explainDatabaseFault(error, source.which);
  }
}

/**
 * The one file that a command is given.
 *
 * @throws OperatorError where there is none, or more
 */
export function fileAmong(words: string[], command: "backup" | "restore"): string {
  const expected = new OperatorError(
    `npm run ${command} takes one file, as in npm run ${command} -- portaria.backup.`,
  );
  try {
    const { positionals } = parseArgs({ args: words, options: {}, allowPositionals: true });
    const [path, ...more] = positionals;
    if (path === undefined || path.trim() === "" || path.includes("\0") || more.length > 0)
      throw expected;
    return path;
  } catch {
    throw expected;
  }
}

/** How much a backup holds, in words. */
export function tally(counts: Counts): string {
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `${Object.keys(counts).length} tables with ${rows} ${rows === 1 ? "row" : "rows"}`;
}

const inMegabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;
