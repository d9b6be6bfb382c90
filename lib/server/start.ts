import { disconnectDatabase } from "@/lib/db";
import { env, readEnvironment } from "@/lib/env";
import { startHeartbeat } from "@/lib/heartbeat/start-heartbeat";
import { startJobs } from "@/lib/jobs/start-jobs";
import { log } from "@/lib/log";
import { tellOfMailServer } from "@/lib/mail/try-mail-server";
import { banner, type DemoPerson } from "@/lib/server/banner";
import { tellableFault } from "@/lib/server/database-fault";
import { prepareDatabase } from "@/lib/server/database-for-start";
import { serve } from "@/lib/server/serve";
import { onShutDown } from "@/lib/server/shut-down";
import { warningsOf } from "@/lib/server/start-warnings";
import { disableDemo, seedDemo } from "@/prisma/seed";
import { printFault } from "@/scripts/operator-error.mjs";

/**
 * Starts the whole installation in this process: database, migrations, demo people, worker, web
 * server; then prints the banner. What fails is told on standard error and ends the process with 1.
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
      void tellOfMailServer();
    }
    shutDown.add(await serve({ dev }));
    process.on("unhandledRejection", (error) => log.error({ err: error }, "Unhandled rejection"));
    const warnings = warningsOf(env());
    for (const warning of warnings) log.warn(warning);
    const facts = {
      embedded: settings.databaseUrl === undefined,
      warnings: [...warnings, ...(await heartbeat.troubles())],
    };
    process.stdout.write(banner(env(), people, facts));
  } catch (error) {
    printFault(tellableFault(error));
    await shutDown.now(1);
  }
}

// Demo people have passwords that stand in a file: with real mail they must not exist.
async function settleDemo(): Promise<DemoPerson[]> {
  if (env().emailTransport === "mailbox") return seedDemo();
  await disableDemo();
  return [];
}
