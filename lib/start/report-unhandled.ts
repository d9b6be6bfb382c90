import { isDatabaseDown } from "@/lib/db/database-down";
import { log } from "@/lib/log/log";

/**
 * Writes a line about what failed while nobody waited for it. With the database away that is no fault of
 * its own: the job runner, for one, notes a job as done in vain, and does it again.
 */
export function reportUnhandled(error: unknown): void {
  if (isDatabaseDown(error)) log.warn({ err: error }, "The database is away: work was cut short");
  else log.error({ err: error }, "Unhandled rejection");
}
