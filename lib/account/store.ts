import type { Database } from "@/lib/db/transaction";

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

/**
 * Keeps the zone that a browser with a session says, for pages and mails; one that the customer
 * chose stays.
 */
export async function storeBrowserZone(
  database: Database,
  accountId: string,
  timeZone: string,
): Promise<void> {
  await database.account.updateMany({
    where: { id: accountId, OR: [{ timeZone: null }, { timeZoneFromBrowser: true }] },
    data: { timeZone, timeZoneFromBrowser: true },
  });
}
