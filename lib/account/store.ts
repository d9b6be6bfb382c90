import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";

/** Stores what a customer is called, and the language and zone of their pages and mails. */
export async function storeDetails(
  tx: Database,
  accountId: string,
  details: {
    name?: string;
    locale?: string;
    timeZone?: string | null;
    timeZoneFromBrowser?: boolean;
  },
): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: details });
}

/** What changes in an account's row where a browser with a session says its zone; one that was chosen stays. */
export const browserZoneChanges = (timeZone: string): Prisma.Sql[] => [
  Prisma.sql`time_zone = CASE WHEN time_zone IS NULL OR time_zone_from_browser
    THEN ${timeZone} ELSE time_zone END`,
  Prisma.sql`time_zone_from_browser = time_zone IS NULL OR time_zone_from_browser`,
];

/** Keeps the zone that a browser with a session says, for pages and mails. */
export async function storeBrowserZone(
  database: Database,
  accountId: string,
  timeZone: string,
): Promise<void> {
  await database.$executeRaw`
    UPDATE account SET ${Prisma.join(browserZoneChanges(timeZone))} WHERE id = ${accountId}::uuid`;
}
