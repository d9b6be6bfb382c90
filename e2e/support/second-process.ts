import { formsWithoutOrigin, isBesideAnother } from "@/e2e/support/announced";
import { hostDataDirectory } from "@/e2e/support/host-database";
import { mailThrough } from "@/e2e/support/mail-settings";
import { runningDatabaseUrl } from "@/lib/data-directory/data-directory.mjs";
import { readSecrets } from "@/lib/data-directory/secrets.mjs";
import { type Installation, startInstallation } from "@/lib/testing/installation";

/** Starts another web process of the tests' host: the same database, secret and rules. */
export async function startSecondProcess(): Promise<Installation> {
  const dataDir = hostDataDirectory();
  const second = await startInstallation("second", {
    DATABASE_URL: runningDatabaseUrl(dataDir) ?? "",
    AUTH_SECRET: readSecrets(dataDir).authSecret ?? "",
    ...mailThrough(),
    TRUSTED_PROXIES: "127.0.0.0/8",
    WORKER: "off",
  });
  second.mayLog(...isBesideAnother, ...formsWithoutOrigin);
  return second;
}
