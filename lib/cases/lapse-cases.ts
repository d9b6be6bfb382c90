import { findUnansweredCases } from "@/lib/cases/carry-out-store";
import { moveCase } from "@/lib/cases/move-case";
import { recordCaseActivity } from "@/lib/cases/review-activity";
import { changeCase } from "@/lib/cases/store";
import { tellApplicant, tellOwner } from "@/lib/cases/tell-case";
import { now } from "@/lib/clock";
import { database } from "@/lib/sign-in/store";

/**
 * Ends every case that waited in vain for what staff asked for, so that nothing that was sent with it
 * is kept for ever. Whoever asked and the owner are told. Safe to run several times at once.
 */
export async function lapseCases(): Promise<void> {
  for (const due of await findUnansweredCases(database, now())) {
    await moveCase(due, async (tx, found, at) => {
      const { state, answerBy } = found;
      if (state !== "needs-more" || answerBy === null || answerBy > at) return "no-longer";
      const lapsed = await changeCase(tx, found, { state: "lapsed", endedAt: at });
      if (lapsed === null) throw new Error("A case changed under its lock.");
      await recordCaseActivity(tx, lapsed, { kind: "case-ended", at });
      await tellOwner(tx, "case-ended", lapsed, lapsed.account, { at });
      await tellApplicant(tx, "case-stopped", lapsed, { at });
      return "lapsed";
    });
  }
}
