import { disconnectDatabase } from "@/lib/db";
import { env } from "@/lib/env";
import { startHeartbeat } from "@/lib/heartbeat/start-heartbeat";
import { startJobs } from "@/lib/jobs/start-jobs";
import { log } from "@/lib/log";
import { tellOfMailServer } from "@/lib/mail/try-mail-server";
import { mailWarningsOf } from "@/lib/mail-sender";
import { workerBanner } from "@/lib/server/banner";
import { tellableFault } from "@/lib/server/database-fault";
import { plainLog } from "@/lib/server/database-for-start";
import { findDatabase } from "@/lib/server/find-database";
import { reachDatabase } from "@/lib/server/reach-database";
import { onShutDown } from "@/lib/server/shut-down";
import { readWorkerArguments } from "@/lib/server/worker-arguments";
import { tellWorkerHealth } from "@/lib/server/worker-health";
import { migrate } from "@/prisma/migrate";
import { printFault } from "@/scripts/operator-error.mjs";

/**
 * Does what `npm run worker` is asked to: runs the jobs alone, or says how the workers of this machine
 * do. What fails is told on standard error, and the process then ends with 1.
 */
export async function runWorkerCommand(words: string[]): Promise<void> {
  try {
    const command = readWorkerArguments(words);
    await (command.kind === "health" ? tellWorkerHealth(command.pid) : runJobs());
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
    void tellOfMailServer();
    process.on("unhandledRejection", (error) => log.error({ err: error }, "Unhandled rejection"));
    const warnings = [...mailWarningsOf(env()), ...(await heartbeat.troubles())];
    process.stdout.write(workerBanner(env(), warnings));
  } catch (error) {
    printFault(tellableFault(error));
    await shutDown.now(1);
  }
}
