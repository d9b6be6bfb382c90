import type { Database } from "@/lib/db/transaction";

/** How many cases of an account are in one of some states. */
export function countCases(
  database: Database,
  accountId: string,
  states: readonly string[],
): Promise<number> {
  return database.recoveryCase.count({ where: { accountId, state: { in: [...states] } } });
}
