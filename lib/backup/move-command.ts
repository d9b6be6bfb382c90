import { rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Client } from "pg";
import { tally } from "@/lib/backup/backup-command";
import { moveDatabase } from "@/lib/backup/move";
import { readMoveArguments } from "@/lib/backup/move-arguments";
import { type Interruption, runInterruptible } from "@/lib/backup/run-interruptible";
import { explainDatabaseFault, openSession } from "@/lib/backup/session";
import { refuseEarlierLines, settingLine, writeSettingLines } from "@/lib/backup/setting-lines";
import { nameOf, type OpenDatabase, openSource, secretsOf } from "@/lib/backup/source";
import { prepareDataDirectory } from "@/lib/data-directory/data-directory.mjs";
import { refuseMoved, unmarkMoved } from "@/lib/db/moved-mark";
import { type Environment, readEnvironment } from "@/lib/env/env";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { reachDatabase } from "@/lib/start/reach-database";

/** Does what `npm run move` is asked to: all rows into another database, which is the one from then on. */
export async function runMoveCommand(words: string[]): Promise<void> {
  await runInterruptible(async (interruption) => {
    const command = await readMoveArguments(words, process.env.TARGET_DATABASE_URL, () =>
      text(process.stdin),
    );
    const settings = readEnvironment(process.env);
    if (command.kind === "to") await reachTarget(command.url);
    const source = await openSource(settings);
    try {
      return command.kind === "back"
        ? await goBack(source, interruption)
        : await moveTo(command, source, settings, interruption);
    } finally {
      await source.close();
    }
  });
}

async function reachTarget(url: string): Promise<void> {
  try {
    await reachDatabase(url);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const message = error.message.replace("of DATABASE_URL", "to move to");
    throw new OperatorError(message.replaceAll("DATABASE_URL", "its URL"), { cause: error });
  }
}

async function moveTo(
  { typed, url }: { typed: string; url: string },
  source: OpenDatabase,
  settings: Environment,
  interruption: Interruption,
): Promise<string> {
  const name = nameOf(url);
  const secrets = secretsOf(settings);
  await onSource(source, interruption.signal, refuseMoved);
  const file = join(prepareDataDirectory(settings.dataDir), "moved.env");
  refuseEarlierLines(file);
  const { counts, leftOut } = await moveDatabase(
    source,
    { url, which: `the database at ${name}`, name },
    {
      ...interruption,
      secrets,
      beforeCommit() {
        writeSettingLines(file, [
          settingLine("DATABASE_URL", typed),
          settingLine("AUTH_SECRET", secrets.authSecret),
        ]);
        return () => rmSync(file, { force: true });
      },
    },
  );
  const rest =
    leftOut.length === 0
      ? ""
      : ` Not moved, because they are not Portaria's: ${leftOut.join(", ")}.`;
  return [
    `${tally(counts)} were moved from ${source.which} to ${name}, and counted there.${rest}`,
    `Now set DATABASE_URL and AUTH_SECRET to the two lines in ${file} (mode 0600), stop the servers that run and start them again; until then they can only read, and whoever writes sees that nothing can be changed at the moment.`,
    "The old database stays as it is, can only be read, and no longer starts; npm run move -- --back, with the settings of before, opens it again as it was.",
  ].join("\n");
}

async function goBack(source: OpenDatabase, { signal }: Interruption): Promise<string> {
  const which = source.which.replace(/^t/, "T");
  if (!(await onSource(source, signal, unmarkMoved)))
    throw new OperatorError(`${which} was not moved: nothing was changed.`);
  return `${which} is open again, as it was when it was moved; what was written since is only in the other one.`;
}

/** Does something over a connection to the source that ends with it. */
async function onSource<T>(
  source: OpenDatabase,
  signal: AbortSignal,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  try {
    const client = await openSession(source.url, signal);
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => {});
    }
  } catch (error) {
    throw explainDatabaseFault(error, source.which);
  }
}
