import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/generated/prisma/client";

/** Minutes between two codes that are tried at an address that nothing is sent to. */
const MINUTES_BETWEEN_TRIES = 60;

/**
 * Who has a try: whoever has an account at the address and knows its password, or whoever types the address.
 * The second never uses up the first one's.
 */
export type TriedBy = "owner" | "anybody";

const columns = {
  owner: { at: Prisma.sql`owner_tried_at`, by: Prisma.sql`owner_tried_by` },
  anybody: { at: Prisma.sql`tried_at`, by: Prisma.sql`tried_by` },
} satisfies Record<TriedBy, unknown>;

/**
 * Takes for a mail the one try in an hour that a marked address has for codes of its kind; the mail that has
 * it keeps it, however often it is tried.
 *
 * @returns false where another mail had it
 */
export async function keepHourlyTry(
  address: string,
  { by, mailId, now }: { by: TriedBy; mailId: string; now: Date },
): Promise<boolean> {
  const tried = columns[by];
  const taken = await db.$executeRaw`
    UPDATE marked_address SET ${tried.at} = ${now}, ${tried.by} = ${mailId}::uuid
    WHERE address = lower(${address}) AND (lifted_at IS NOT NULL OR ${tried.by} = ${mailId}::uuid
      OR ${tried.at} IS NULL
      OR ${tried.at} <= ${now}::timestamptz - make_interval(mins => ${MINUTES_BETWEEN_TRIES}::int))`;
  return taken === 1;
}
