import { recordCaseActivity } from "@/lib/cases/case-activity";
import { notifyApplicant, notifyOwner } from "@/lib/cases/notify-of-case";
import { changeCase, type FoundCase } from "@/lib/cases/store";
import type { Client } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";

/**
 * Ends a case that has changed nothing, in the caller's transaction and under its lock. Both sides are
 * notified: also whoever took it back, for who knows its number and guesses the address can do that
 * too.
 *
 * @param client from where it was ended; left out: nobody did, and the request's network is named
 */
export async function endCase(
  tx: Database,
  found: FoundCase,
  state: "withdrawn" | "lapsed" | "taken" | "needless",
  now: Date,
  client?: Client,
): Promise<void> {
  const ended = await changeCase(tx, found, { state, endedAt: now });
  await recordCaseActivity(tx, ended, { kind: "case-ended", client, now });
  await notifyOwner(tx, "case-ended", ended, ended.account, { now });
  await notifyApplicant(tx, "case-stopped", ended, { now });
}
