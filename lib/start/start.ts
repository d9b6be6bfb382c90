import { disconnectDatabase } from "@/lib/db/client";
import { env, readEnvironment } from "@/lib/env/env";
import { startHeartbeat } from "@/lib/heartbeat/start-heartbeat";
import { startJobs } from "@/lib/jobs/start-jobs";
import { log } from "@/lib/log/log";
import { printFault } from "@/lib/machine/operator-error.mjs";
import { reportMailServer } from "@/lib/mail/try-mail-server";
import { serve } from "@/lib/server/serve";
import { onShutDown } from "@/lib/server/shut-down";
import { banner, type DemoPerson } from "@/lib/start/banner";
import { reportableFault } from "@/lib/start/database-fault";
import { prepareDatabase } from "@/lib/start/database-for-start";
import { reportUnhandled } from "@/lib/start/report-unhandled";
import { warningsOf } from "@/lib/start/start-warnings";
import { disableDemo, seedDemo } from "@/prisma/seed";

/**
 * Starts the whole installation in this process: database, migrations, demo people, worker, web
 * server; then prints the banner. What fails is reported on standard error and ends the process
 * with 1.
 */
export async function start({ dev }: { dev: boolean }): Promise<void> {
  const shutDown = onShutDown();
  try {
    const settings = readEnvironment(process.env);
    await prepareDatabase(settings, (stop) => shutDown.add(stop, "child"));
    shutDown.add(disconnectDatabase);
    const people = await settleDemo();
    const runsJobs = settings.worker === "inline";
    const heartbeat = await startHeartbeat({ servesPages: true, runsJobs });
    shutDown.add(() => heartbeat.stop());
    if (runsJobs) {
      const worker = await startJobs();
      shutDown.add(() => worker.stop());
      void reportMailServer();
    }
    shutDown.add(await serve({ dev }));
    process.on("unhandledRejection", reportUnhandled);
    const warnings = warningsOf(env());
    for (const warning of warnings) log.warn(warning);
    const facts = {
      embedded: settings.databaseUrl === undefined,
      warnings: [...warnings, ...(await heartbeat.troubles())],
    };
    process.stdout.write(banner(env(), people, facts));
  } catch (error) {
    printFault(reportableFault(error));
    await shutDown.now(1);
  }
}

// Demo people have passwords that stand in a file: with real mail they must not exist.
async function settleDemo(): Promise<DemoPerson[]> {
  if (env().keepsMail) return seedDemo();
  await disableDemo();
  return [];
}
