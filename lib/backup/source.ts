import { existsSync, lstatSync } from "node:fs";
import { join } from "node:path";
import type { Header } from "@/lib/backup/shapes";
import { runningDatabaseUrl } from "@/lib/data-directory/data-directory.mjs";
import { readSecrets } from "@/lib/data-directory/secrets.mjs";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { endpointOf } from "@/lib/env/connection-url";
import type { Environment } from "@/lib/env/env";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { reachDatabase } from "@/lib/start/reach-database";

/** A database that a command works on until it calls `close`. */
export type OpenDatabase = {
  url: string;
  /** Names it to the operator, as in "the database in /srv/portaria/.data". */
  which: string;
  /** Whether a server of Portaria runs it, or may run on it. */
  isEmbedded: boolean;
  close(): Promise<void>;
};

/** Only what an operator must act on: the rest of a start's words are a server's. */
export const quietLog = {
  info() {},
  warn: (text: string) => void process.stderr.write(`${text}\n`),
  error: (text: string) => void process.stderr.write(`${text}\n`),
};

/**
 * The database that the settings name: that of DATABASE_URL, or the embedded one, of a running server or
 * started for the time under the lock of DATA_DIR.
 *
 * @throws OperatorError where there is none, or it cannot be reached
 */
export async function openSource({ databaseUrl, dataDir }: Environment): Promise<OpenDatabase> {
  if (databaseUrl) {
    await reachDatabase(databaseUrl);
    const which = `the database of DATABASE_URL at ${nameOf(databaseUrl)}`;
    return { url: databaseUrl, which, isEmbedded: false, close: async () => {} };
  }
  const which = `the database in ${dataDir}`;
  const running = runningDatabaseUrl(dataDir);
  if (running) return { url: running, which, isEmbedded: true, close: async () => {} };
  if (!holdsCluster(dataDir))
    throw new OperatorError(
      `There is no database in DATA_DIR=${dataDir}: correct DATA_DIR, or set DATABASE_URL.`,
    );
  const { url, stop } = await startEmbeddedDatabase({ dataDir, log: quietLog });
  return { url, which, isEmbedded: true, close: stop };
}

/** How a database is named to the operator: host, port and name, never a password. */
export function nameOf(databaseUrl: string): string {
  return `${endpointOf(databaseUrl)}${decodeURIComponent(new URL(databaseUrl).pathname)}`;
}

/** Whether DATA_DIR has an embedded database, or a link to where one was. */
export function holdsCluster(dataDir: string): boolean {
  const path = join(dataDir, "postgres");
  return existsSync(path) || lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** What belongs to the rows and does not stand in them; the password of the embedded database does not. */
export function secretsOf({ databaseUrl, dataDir, authSecrets }: Environment): Header["secrets"] {
  const { databasePassword: _, ...kept } = readSecrets(dataDir);
  const authSecret = authSecrets?.join(",") ?? kept.authSecret;
  if (databaseUrl || authSecret) return { ...kept, authSecret: authSecret ?? "" };
  throw new OperatorError(
    `There is no AUTH_SECRET in ${dataDir}: the server was started with one, so give it to this command too; where none is known any more, start the server once, which makes a new one.`,
  );
}
