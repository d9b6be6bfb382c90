import { randomBytes } from "node:crypto";
import { shareDataDirectory } from "@/lib/data-directory/data-directory.mjs";
import { readSecrets, updateSecrets } from "@/lib/data-directory/secrets.mjs";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { type Environment, resetEnvironment } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { reachDatabase } from "@/lib/start/reach-database";
import { migrate } from "@/prisma/migrate";

/** The log in the shape that the scripts and the migrations take. */
export const plainLog = {
  info: (text: string) => log.info(text),
  warn: (text: string) => log.warn(text),
  error: (text: string) => log.error(text),
};

/**
 * Makes the database ready: that of `DATABASE_URL`, or the embedded one, whose URL and generated
 * secret it puts into `process.env`. Returns what stops it; `onStarted` gets that before migrating.
 */
export async function prepareDatabase(
  settings: Environment,
  onStarted: (stop: () => Promise<void>) => void,
): Promise<void> {
  if (settings.databaseUrl) {
    if (settings.keepsMail) await shareDataDirectory(settings.dataDir);
    await reachDatabase(settings.databaseUrl);
    return migrate(settings.databaseUrl, { log: plainLog });
  }
  const database = await startEmbeddedDatabase({ dataDir: settings.dataDir, log: plainLog });
  onStarted(() => database.stop());
  process.env.DATABASE_URL = database.url;
  if (!settings.authSecrets)
    process.env.AUTH_SECRET = ensureAuthSecret(settings.dataDir, database, plainLog);
  resetEnvironment();
  await migrate(database.url, { log: plainLog });
}

/**
 * The secret generated for this installation; made with the first start, mode 0600. Where the database
 * is older than that (`isNew` is false), what ends with the one before is reported.
 */
export function ensureAuthSecret(
  dataDir: string,
  { isNew }: { isNew: boolean },
  { warn }: { warn(text: string): void },
): string {
  const known = readSecrets(dataDir).authSecret;
  if (known !== undefined) return known;
  const made = randomBytes(33).toString("base64url");
  updateSecrets(dataDir, (secrets) => ({ ...secrets, authSecret: made }));
  if (!isNew)
    warn(
      "secrets.json held no authSecret, so a new one was made: everybody must sign in again, every browser counts as new, and open codes, mailed links and documents of open cases of before no longer work.",
    );
  return made;
}
