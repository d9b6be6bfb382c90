import { join } from "node:path";
import { formsWithoutOrigin, isBesideAnother, mailIsNotTaken } from "@/e2e/support/announced";
import { startFakeResend } from "@/e2e/support/fake-resend";
import { mailThrough } from "@/e2e/support/mail-settings";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { freePort } from "@/lib/testing/free-port";
import { startInstallation } from "@/lib/testing/installation";
import { makeProductionCopy } from "@/lib/testing/production-copy";
import { judgeKept } from "@/lib/testing/server-log";

/**
 * Playwright's global set-up: a host with real mail (to a fake Resend) behind a proxy at
 * `E2E_HOST_URL`, and an installation with nothing set at `E2E_NEWCOMER_URL`. The fake's own address
 * is `E2E_RESEND_URL`. Both run in a copy of the project at `E2E_PROJECT` that holds the packages of a
 * running server alone, so that every page is tried without those that only building needs. What a
 * server warned of, or failed at, without a test that announced it fails the run at its end.
 */
export default async function startE2eServers() {
  const resend = await startFakeResend(await freePort());
  const folder = makeTestDirectory("portaria-production-");
  const project = join(folder, "portaria");
  makeProductionCopy(project);
  process.env.E2E_PROJECT = project;
  process.env.E2E_UNEXPECTED = join(folder, "unexpected.log");
  const servers = await Promise.allSettled([
    startInstallation(
      "host",
      {
        ...mailThrough(resend.url),
        TRUSTED_PROXIES: "127.0.0.0/8",
        WORKER: "inline",
      },
      project,
    ),
    startInstallation("newcomer", {}, project),
  ]);
  const stop = async () => {
    for (const server of servers) if (server.status === "fulfilled") await server.value.stop();
    await resend.close();
    try {
      judgeKept();
    } finally {
      await removeTestDirectory(folder);
    }
  };
  const [host, newcomer] = servers;
  if (host.status === "rejected" || newcomer.status === "rejected") {
    await stop();
    throw host.status === "rejected" ? host.reason : (newcomer as PromiseRejectedResult).reason;
  }
  // Tests have the provider refuse single mails of it.
  host.value.mayLog(...mailIsNotTaken, ...isBesideAnother, ...formsWithoutOrigin);
  process.env.E2E_HOST_URL = host.value.url;
  process.env.E2E_HOST_LOG = host.value.logFile;
  process.env.E2E_NEWCOMER_URL = newcomer.value.url;
  process.env.E2E_NEWCOMER_DATA_DIR = newcomer.value.dataDir;
  process.env.E2E_RESEND_URL = resend.url;
  return stop;
}
