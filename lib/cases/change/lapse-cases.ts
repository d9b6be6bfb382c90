import { findUnansweredCases } from "@/lib/cases/change/carry-out-store";
import { moveCase } from "@/lib/cases/change/move-case";
import { endCase } from "@/lib/cases/end-case";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";

/**
 * Ends every case that waited in vain for what staff asked for, so that nothing that was sent with it
 * is kept for ever. Whoever asked and the owner are notified. Safe to run several times at once.
 */
export async function lapseCases(): Promise<void> {
  for (const due of await findUnansweredCases(database, readClock())) {
    await moveCase(due, async (tx, found, now) => {
      const { state, answerBy } = found;
      if (state !== "needs-more" || answerBy === null || answerBy > now) return "no-longer";
      await endCase(tx, found, "lapsed", now);
      return "lapsed";
    });
  }
}
