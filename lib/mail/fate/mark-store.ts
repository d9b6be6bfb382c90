import { db } from "@/lib/db/client";

/** Minutes between two codes that are tried at an address that nothing is sent to. */
const MINUTES_BETWEEN_TRIES = 60;

/**
 * Takes the one try that a marked address has in an hour for a mail; the mail that has it keeps it, however
 * often it is tried.
 *
 * @returns false where another mail had it
 */
export async function keepHourlyTry(
  address: string,
  { mailId, now }: { mailId: string; now: Date },
): Promise<boolean> {
  const taken = await db.$executeRaw`
    UPDATE marked_address SET tried_at = ${now}, tried_by = ${mailId}::uuid
    WHERE address = lower(${address}) AND (lifted_at IS NOT NULL OR tried_by = ${mailId}::uuid
      OR tried_at IS NULL
      OR tried_at <= ${now}::timestamptz - make_interval(mins => ${MINUTES_BETWEEN_TRIES}::int))`;
  return taken === 1;
}
