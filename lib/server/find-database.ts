import { readEnvironment, resetEnvironment } from "@/lib/env";
import { ensureAuthSecret } from "@/lib/server/database-for-start";
import { runningDatabaseUrl } from "@/scripts/data-directory.mjs";
import { OperatorError } from "@/scripts/operator-error.mjs";

/**
 * The database of a command that runs beside the server: `DATABASE_URL`, or the embedded one that
 * `npm start` runs in the same `DATA_DIR`, whose URL and generated secret it puts into `process.env`.
 *
 * @param who for whom, as in "the worker"
 * @throws OperatorError where there is neither
 */
export function findDatabase(who: string): string {
  const { databaseUrl, dataDir, authSecrets } = readEnvironment(process.env);
  if (databaseUrl) return databaseUrl;
  const url = runningDatabaseUrl(dataDir);
  if (!url)
    throw new OperatorError(
      `No database for ${who}: set DATABASE_URL, or run npm start with DATA_DIR=${dataDir} first.`,
    );
  process.env.DATABASE_URL = url;
  if (!authSecrets) process.env.AUTH_SECRET = ensureAuthSecret(dataDir);
  resetEnvironment();
  return url;
}
