import { storeBrowserZone } from "@/lib/account/store";
import { database } from "@/lib/db/transaction";
import { findOwnSession } from "@/lib/next-auth/session-cookie";

/**
 * Keeps the zone that the browser of a signed-in customer says, unless one was chosen. Without a
 * session nothing is kept: whoever knows a password, and no more, changes nothing about its
 * account.
 */
export async function keepTimeZone(timeZone: string): Promise<void> {
  const session = await findOwnSession();
  if (session !== null) await storeBrowserZone(database, session.accountId, timeZone);
}
