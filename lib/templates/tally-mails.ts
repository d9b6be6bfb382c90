import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { afterDays } from "@/lib/moments";
import { SENT_DAYS } from "@/lib/templates/rules/limits";
import { deleteTallies, findLastTally, tallyDays } from "@/lib/templates/sent-store";

/** The beginning of a moment's day, in UTC. */
const dayOf = (at: Date) => new Date(`${at.toISOString().slice(0, 10)}T00:00:00Z`);

/**
 * Counts how many mails of each kind and language went out, day by day from the last that was counted on:
 * the list of texts adds some hundred rows up instead of two million. Safe to run at any time and twice:
 * days are counted anew.
 *
 * @param signal ends it behind the day under way; the next run goes on from there
 */
export async function tallyMails(signal?: AbortSignal): Promise<void> {
  const now = readClock();
  const first = dayOf(afterDays(now, -SENT_DAYS));
  const last = await findLastTally(database);
  let from = last === null || last < first ? first : last;
  for (; from <= now; from = afterDays(from, 1)) {
    if (signal?.aborted) return;
    await tallyDays(database, from, afterDays(from, 1));
  }
  await deleteTallies(database, first);
}
