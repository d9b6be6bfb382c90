import { runningDatabaseUrl } from "@/lib/data-directory/data-directory.mjs";
import { readSecrets } from "@/lib/data-directory/secrets.mjs";
import { readEnvironment, resetEnvironment } from "@/lib/env/env";
import { OperatorError } from "@/lib/machine/operator-error.mjs";

/**
 * The database of a command that runs beside the server: `DATABASE_URL`, or the embedded one that
 * `npm start` runs in the same `DATA_DIR`, whose URL and generated secret it puts into `process.env`.
 *
 * @param command for which, as in "the worker"
 * @throws OperatorError where there is neither, or no secret
 */
export function findDatabase(command: string): string {
  const { databaseUrl, dataDir, authSecrets } = readEnvironment(process.env);
  if (databaseUrl) return databaseUrl;
  const url = runningDatabaseUrl(dataDir);
  if (!url)
    throw new OperatorError(
      `No database for ${command}: set DATABASE_URL, or run npm start with DATA_DIR=${dataDir} first.`,
    );
  process.env.DATABASE_URL = url;
  if (!authSecrets) process.env.AUTH_SECRET = secretOfServer(dataDir, command);
  resetEnvironment();
  return url;
}

// Only read: a secret made here would not be the running server's, and no link it signs would work.
function secretOfServer(dataDir: string, command: string): string {
  const { authSecret } = readSecrets(dataDir);
  if (authSecret !== undefined) return authSecret;
  throw new OperatorError(
    `No AUTH_SECRET for ${command}: ${dataDir}/secrets.json holds none, so give this command the one that the running server was started with, or wait until it has started.`,
  );
}
