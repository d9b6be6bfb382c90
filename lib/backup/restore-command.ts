import { existsSync, rmSync } from "node:fs";
import { fileAmong, tally } from "@/lib/backup/backup-command";
import { readBackupFile } from "@/lib/backup/backup-file";
import { checkBackup } from "@/lib/backup/load-backup";
import { loadInto } from "@/lib/backup/load-into";
import { scriptsOf } from "@/lib/backup/make-schema";
import { readRecords } from "@/lib/backup/records";
import { runInterruptible } from "@/lib/backup/run-interruptible";
import { explainDatabaseFault } from "@/lib/backup/session";
import { settingLine, writeSettingLines } from "@/lib/backup/setting-lines";
import type { Header } from "@/lib/backup/shapes";
import { nameOf, type OpenDatabase, quietLog } from "@/lib/backup/source";
import { runningDatabaseUrl } from "@/lib/data-directory/data-directory.mjs";
import { readSecrets, updateSecrets } from "@/lib/data-directory/secrets.mjs";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { type Environment, readEnvironment } from "@/lib/env/env";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { reachDatabase } from "@/lib/start/reach-database";

type Target = OpenDatabase & { instead: string };

/** Does what `npm run restore -- FILE` is asked to: the backup's rows into an empty database, and its secrets. */
export async function runRestoreCommand(words: string[]): Promise<void> {
  await runInterruptible(async ({ signal, ignore }) => {
    const path = fileAmong(words, "restore");
    const settings = readSettings();
    // All of it, before anything is made: what is damaged must not even leave an empty database.
    const header = await checkBackup(readRecords(readBackupFile(path)));
    scriptsOf(header.migrations);
    // Reading takes its time, and an empty database would be left of a restore that was asked to
    // stop meanwhile.
    signal.throwIfAborted();
    const target = await openTarget(settings);
    let sentence = "";
    try {
      const { counts } = await loadInto(target, readRecords(readBackupFile(path)), {
        signal,
        instead: target.instead,
        async beforeCommit(loaded) {
          ignore();
          const kept = keepSecrets(settings, loaded.header.secrets, path);
          sentence = kept.sentence;
          return kept.undo;
        },
      });
      return `${tally(counts)}, of ${header.at}, are in ${target.which} now. ${sentence}`;
    } catch (error) {
      throw explainDatabaseFault(error, target.which);
    } finally {
      await target.close();
    }
  });
}

// On a new machine nobody has the secret but the backup.
function readSettings(): Environment {
  const isMissing = process.env.DATABASE_URL?.trim() && !process.env.AUTH_SECRET?.trim();
  if (!isMissing) return readEnvironment(process.env);
  const settings = readEnvironment({ ...process.env, AUTH_SECRET: "-".repeat(32) });
  return { ...settings, authSecrets: undefined };
}

async function openTarget({ databaseUrl, dataDir }: Environment): Promise<Target> {
  if (databaseUrl) {
    await reachDatabase(databaseUrl);
    const which = `the database of DATABASE_URL at ${nameOf(databaseUrl)}`;
    const instead = "give DATABASE_URL an empty one (CREATE DATABASE …)";
    return { url: databaseUrl, which, instead, isEmbedded: false, close: async () => {} };
  }
  if (runningDatabaseUrl(dataDir))
    throw new OperatorError(
      `A server runs on DATA_DIR=${dataDir}, and a backup is restored into an empty one: set another DATA_DIR.`,
    );
  const { url, stop } = await startEmbeddedDatabase({ dataDir, log: quietLog });
  const which = `the database in ${dataDir}`;
  const instead = "set another DATA_DIR, or move this one away first";
  return { url, which, instead, isEmbedded: true, close: stop };
}

function keepSecrets(
  settings: Environment,
  secrets: Header["secrets"],
  path: string,
): { sentence: string; undo: () => void } {
  const { databaseUrl, dataDir, authSecrets } = settings;
  const { databasePassword: _, authSecret, ...more } = secrets;
  const old = authSecret.split(",").map((secret) => secret.trim());
  const before = existsSync(dataDir) ? readSecrets(dataDir) : {};
  if (!databaseUrl)
    updateSecrets(dataDir, (present) => ({
      ...present,
      ...more,
      authSecret: [...new Set([...old, ...(present.authSecret?.split(",") ?? [])])].join(","),
    }));
  const undoSecrets = () => {
    if (!databaseUrl) updateSecrets(dataDir, () => before);
  };
  const isHeld = old.every((secret) => authSecrets?.includes(secret));
  if (isHeld) return { sentence: "AUTH_SECRET holds the secret they need.", undo: undoSecrets };
  if (!databaseUrl && authSecrets === undefined)
    return { sentence: "Their secret is in secrets.json.", undo: undoSecrets };
  const file = `${path}.env`;
  const all = [...new Set([...(authSecrets ?? []), ...old])].join(",");
  try {
    writeSettingLines(file, [settingLine("AUTH_SECRET", all)]);
  } catch (error) {
    undoSecrets();
    throw error;
  }
  return {
    sentence: `AUTH_SECRET does not hold the secret they need, without which everybody must sign in again: set it to the line in ${file} (mode 0600), and delete that file.`,
    undo() {
      rmSync(file, { force: true });
      undoSecrets();
    },
  };
}
