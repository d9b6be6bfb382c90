import { disconnectDatabase } from "@/lib/db/client";
import { env } from "@/lib/env/env";
import { mailWarningsOf } from "@/lib/env/mail-sender";
import { startHeartbeat } from "@/lib/heartbeat/start-heartbeat";
import { startJobs } from "@/lib/jobs/start-jobs";
import { printFault } from "@/lib/machine/operator-error.mjs";
import { reportMailServer } from "@/lib/mail/try-mail-server";
import { onShutDown } from "@/lib/server/shut-down";
import { workerBanner } from "@/lib/start/banner";
import { reportableFault } from "@/lib/start/database-fault";
import { plainLog } from "@/lib/start/database-for-start";
import { findDatabase } from "@/lib/start/find-database";
import { reachDatabase } from "@/lib/start/reach-database";
import { reportUnhandled } from "@/lib/start/report-unhandled";
import { readWorkerArguments } from "@/lib/start/worker-arguments";
import { reportWorkerHealth } from "@/lib/start/worker-health";
import { migrate } from "@/prisma/migrate";

/**
 * Does what `npm run worker` is asked to: runs the jobs alone, or says how the workers of this machine
 * do. What fails is reported on standard error, and the process then ends with 1.
 */
export async function runWorkerCommand(words: string[]): Promise<void> {
  try {
    const command = readWorkerArguments(words);
    await (command.kind === "health" ? reportWorkerHealth(command.pid) : runJobs());
  } catch (error) {
    printFault(error);
    process.exitCode = 1;
  }
}

/** Runs the jobs on `DATABASE_URL`, or on the embedded database that `npm start` runs in the same `DATA_DIR`. */
async function runJobs(): Promise<void> {
  const shutDown = onShutDown();
  try {
    const databaseUrl = findDatabase("the worker");
    await reachDatabase(databaseUrl);
    await migrate(databaseUrl, { log: plainLog });
    shutDown.add(disconnectDatabase);
    const heartbeat = await startHeartbeat({ servesPages: false, runsJobs: true });
    shutDown.add(() => heartbeat.stop());
    const worker = await startJobs();
    shutDown.add(() => worker.stop());
    void reportMailServer();
    process.on("unhandledRejection", reportUnhandled);
    const warnings = [...mailWarningsOf(env()), ...(await heartbeat.troubles())];
    process.stdout.write(workerBanner(env(), warnings));
  } catch (error) {
    printFault(reportableFault(error));
    await shutDown.now(1);
  }
}
