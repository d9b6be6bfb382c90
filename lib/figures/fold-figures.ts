import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { settledAt, spansToFold } from "@/lib/figures/rules/quarters";
import { findMark, foldQuarters } from "@/lib/figures/store";

/**
 * Counts what happened since the last time, by quarters of an hour. Safe to run at any time, twice and on
 * several machines, and to be killed: quarters are counted anew, never added to.
 *
 * @param signal ends it behind the statement under way; the next run goes on from there
 */
export async function foldFigures(signal?: AbortSignal): Promise<void> {
  const now = readClock();
  const mark = await findMark(database, settledAt(now));
  for (const { from, to } of spansToFold(mark, now)) {
    if (signal?.aborted) return;
    await foldQuarters(database, from, to);
  }
}
