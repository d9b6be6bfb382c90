import { tablesIn } from "@/lib/backup/catalogue";
import { endOthers, type Hands, holdWrites, refuseUnlessMayClose } from "@/lib/backup/hold-writes";
import { loadInto } from "@/lib/backup/load-into";
import { damaged, readRecords } from "@/lib/backup/records";
import type { Interruption } from "@/lib/backup/run-interruptible";
import { explainDatabaseFault, holdSchema, openSession } from "@/lib/backup/session";
import type { Header } from "@/lib/backup/shapes";
import type { OpenDatabase } from "@/lib/backup/source";
import { type Counts, type Plan, planBackup, writeBackup } from "@/lib/backup/write-backup";
import { markMoved, refuseMoved, unmarkMoved } from "@/lib/db/moved-mark";
import { OperatorError } from "@/lib/machine/operator-error.mjs";

type Target = Pick<OpenDatabase, "url" | "which"> & { name: string };

/**
 * Moves all rows into an empty database, and closes the one they came from. Until the target has every
 * row, nothing of the source is changed: its tables are held by a transaction that ends with us, whatever
 * ends us. Only then it is marked as moved, and only then others are let go.
 *
 * @param options `beforeCommit` may still throw, and its answer undoes it when the move fails
 * @throws OperatorError for whatever stops it; the source goes on then
 */
export async function moveDatabase(
  source: OpenDatabase,
  target: Target,
  options: Interruption & { secrets: Header["secrets"]; beforeCommit(): () => void },
): Promise<{ counts: Counts; leftOut: string[] }> {
  const hands = await openHands(source, options.signal);
  const { holder, warden } = hands;
  try {
    await refuseMoved(warden);
    await refuseUnlessMayClose(warden);
    await holdSchema(holder, { shared: false });
    const tables = (await tablesIn(warden)).map(({ table }) => table);
    const { stop } = await holdWrites(hands, tables);
    try {
      const plan = await planBackup(holder, options.secrets);
      const undo = await copy(hands, plan, target, options);
      await close(hands, target, undo);
      return { counts: undo.counts, leftOut: plan.leftOut };
    } finally {
      await stop().catch(() => {});
    }
  } catch (error) {
    throw explainDatabaseFault(error, source.which);
  } finally {
    // The locks end with the connection, after all that could still fail.
    await holder.end().catch(() => {});
    await warden.end().catch(() => {});
  }
}

async function openHands(source: OpenDatabase, signal: AbortSignal): Promise<Hands> {
  try {
    const warden = await openSession(source.url, signal);
    try {
      return { warden, holder: await openSession(source.url, signal) };
    } catch (error) {
      await warden.end().catch(() => {});
      throw error;
    }
  } catch (error) {
    throw explainDatabaseFault(error, source.which);
  }
}

async function copy(
  { holder }: Hands,
  plan: Plan,
  target: Target,
  options: Interruption & { beforeCommit(): () => void },
): Promise<{ counts: Counts; run(): void }> {
  const read: Counts = {};
  const bytes = writeBackup(holder, plan, (table, rows) => {
    read[table] = rows;
  });
  let undo = () => {};
  try {
    const { counts } = await loadInto(target, readRecords(bytes), {
      signal: options.signal,
      instead: "give the move an empty one (CREATE DATABASE …)",
      async beforeCommit({ counts }) {
        if (Object.keys(read).some((table) => counts[table] !== read[table]))
          throw damaged("a table arrived with another number of rows");
        options.ignore();
        undo = options.beforeCommit();
        return () => {};
      },
    });
    return { counts, run: undo };
  } catch (error) {
    undo();
    throw explainDatabaseFault(error, target.which);
  }
}

async function close(hands: Hands, target: Target, undo: { run(): void }): Promise<void> {
  try {
    await markMoved(hands.warden, target.name, new Date());
    await endOthers(hands);
  } catch (error) {
    undo.run();
    await unmarkMoved(hands.warden).catch(() => {});
    const { message } = error as Error;
    throw new OperatorError(
      `The old database could not be closed (${message}), so it goes on as before and the move does not count: empty the new one before you try again.`,
      { cause: error },
    );
  }
}
