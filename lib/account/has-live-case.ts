import { countCases } from "@/lib/account/live-case-store";
import { liveStates } from "@/lib/account/rules/case-states";
import type { Database } from "@/lib/db/transaction";

/** Whether somebody's request to replace the mailbox of an account is sent and not over. */
export async function hasLiveCase(database: Database, accountId: string): Promise<boolean> {
  return (await countCases(database, accountId, liveStates)) > 0;
}
