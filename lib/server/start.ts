import { disconnectDatabase } from "@/lib/db";
import { type Environment, env, readEnvironment } from "@/lib/env";
import { log } from "@/lib/log";
import { startWorker } from "@/lib/mail/worker";
import { isLoopbackHost } from "@/lib/network-text";
import { banner, type DemoPerson } from "@/lib/server/banner";
import { prepareDatabase } from "@/lib/server/database-for-start";
import { serve } from "@/lib/server/serve";
import { onShutDown } from "@/lib/server/shut-down";
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
    if (settings.worker === "inline") {
      const worker = await startWorker();
      shutDown.add(() => worker.stop());
    }
    shutDown.add(await serve({ dev }));
    process.on("unhandledRejection", (error) => log.error({ err: error }, "Unhandled rejection"));
    const facts = { embedded: settings.databaseUrl === undefined, warnings: warningsOf(env()) };
    process.stdout.write(banner(env(), people, facts));
  } catch (error) {
    printFault(error);
    await shutDown.now(1);
  }
}

function warningsOf({ appUrl, trustedProxies, authSecrets = [] }: Environment): string[] {
  const warnings: string[] = [];
  if (!isLoopbackHost(new URL(appUrl).hostname) && trustedProxies.length === 0)
    warnings.push(
      "TRUSTED_PROXIES is empty: if a reverse proxy stands in front, set it to the proxy's address, or no customer's address is known and every sign-in asks for a code.",
    );
  if (authSecrets.some((secret) => new Set(secret).size < 8))
    warnings.push(
      "AUTH_SECRET has too few different characters and may be guessed: openssl rand -base64 33 makes a better one.",
    );
  return warnings;
}

// Demo people have passwords that stand in a file: with real mail they must not exist.
async function settleDemo(): Promise<DemoPerson[]> {
  if (env().emailTransport === "mailbox") return seedDemo();
  await disableDemo();
  return [];
}
