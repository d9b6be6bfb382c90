import { disconnectDatabase } from "@/lib/db";
import { env, readEnvironment, resetEnvironment } from "@/lib/env";
import { log } from "@/lib/log";
import { startWorker } from "@/lib/mail/worker";
import { ensureAuthSecret, plainLog } from "@/lib/server/database-for-start";
import { reachDatabase } from "@/lib/server/reach-database";
import { onShutDown } from "@/lib/server/shut-down";
import { migrate } from "@/prisma/migrate";
import { runningDatabaseUrl } from "@/scripts/data-directory.mjs";
import { OperatorError, printFault } from "@/scripts/operator-error.mjs";

/**
 * Runs the jobs alone, on `DATABASE_URL` or on the embedded database that `npm start` runs in the
 * same `DATA_DIR`. What fails is told on standard error and ends the process with 1.
 */
export async function startWorkerAlone(): Promise<void> {
  const shutDown = onShutDown();
  try {
    findDatabase();
    const { databaseUrl } = env();
    if (databaseUrl === undefined) throw new Error("DATABASE_URL was set and is gone");
    await reachDatabase(databaseUrl);
    await migrate(databaseUrl, { log: plainLog });
    shutDown.add(disconnectDatabase);
    const worker = await startWorker();
    shutDown.add(() => worker.stop());
    process.on("unhandledRejection", (error) => log.error({ err: error }, "Unhandled rejection"));
    process.stdout.write("\n  The worker runs the jobs\n  Stop with Ctrl-C\n\n");
  } catch (error) {
    printFault(error);
    await shutDown.now(1);
  }
}

function findDatabase(): void {
  const { databaseUrl, dataDir, authSecrets } = readEnvironment(process.env);
  if (databaseUrl) return;
  const url = runningDatabaseUrl(dataDir);
  if (!url)
    throw new OperatorError(
      `No database for the worker: set DATABASE_URL, or run npm start with DATA_DIR=${dataDir} first.`,
    );
  process.env.DATABASE_URL = url;
  if (!authSecrets) process.env.AUTH_SECRET = ensureAuthSecret(dataDir);
  resetEnvironment();
}
