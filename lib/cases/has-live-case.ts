import { liveStates } from "@/lib/cases/rules/case-states";
import { countCases } from "@/lib/cases/store";
import type { Database } from "@/lib/sign-in/store";

/** Whether somebody's request to replace the mailbox of an account is sent and not over. */
export async function hasLiveCase(database: Database, accountId: string): Promise<boolean> {
  return (await countCases(database, accountId, liveStates)) > 0;
}
