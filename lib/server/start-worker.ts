import { disconnectDatabase } from "@/lib/db";
import { log } from "@/lib/log";
import { startWorker } from "@/lib/mail/worker";
import { tellableFault } from "@/lib/server/database-fault";
import { plainLog } from "@/lib/server/database-for-start";
import { findDatabase } from "@/lib/server/find-database";
import { reachDatabase } from "@/lib/server/reach-database";
import { onShutDown } from "@/lib/server/shut-down";
import { migrate } from "@/prisma/migrate";
import { printFault } from "@/scripts/operator-error.mjs";

/**
 * Runs the jobs alone, on `DATABASE_URL` or on the embedded database that `npm start` runs in the
 * same `DATA_DIR`. What fails is told on standard error and ends the process with 1.
 */
export async function startWorkerAlone(): Promise<void> {
  const shutDown = onShutDown();
  try {
    const databaseUrl = findDatabase("the worker");
    await reachDatabase(databaseUrl);
    await migrate(databaseUrl, { log: plainLog });
    shutDown.add(disconnectDatabase);
    const worker = await startWorker();
    shutDown.add(() => worker.stop());
    process.on("unhandledRejection", (error) => log.error({ err: error }, "Unhandled rejection"));
    process.stdout.write("\n  The worker runs the jobs\n  Stop with Ctrl-C\n\n");
  } catch (error) {
    printFault(tellableFault(error));
    await shutDown.now(1);
  }
}
