import type { Database } from "@/lib/db/transaction";

/** The account that owns an address, or has it kept free for 7 days after a change; else null. */
export async function findAddressHolder(
  database: Database,
  email: string,
  now: Date,
): Promise<{ id: string; locale: string; timeZone: string | null } | null> {
  const select = { id: true, locale: true, timeZone: true };
  const holder = await database.account.findUnique({ where: { email }, select });
  if (holder !== null) return holder;
  const kept = await database.emailChange.findFirst({
    where: { oldEmail: email, endedBecause: "done", undoUntil: { gt: now } },
    select: { account: { select } },
  });
  return kept?.account ?? null;
}
