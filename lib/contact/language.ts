import { storeActivity } from "@/lib/account/change-store";
import { storeDetails } from "@/lib/account/store";
import type { Client } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { inTransaction } from "@/lib/db/transaction";
import type { Locale } from "@/lib/i18n/locales";
import { findOwnSession } from "@/lib/next-auth/session-cookie";

/**
 * Keeps the language a signed-in customer chose at the foot of a page, for pages and mails alike. It
 * is recorded, but not mailed: who reads a page in another language has not changed how one gets in.
 */
export async function keepLanguage(locale: Locale, client: Client): Promise<void> {
  const session = await findOwnSession();
  if (session === null || session.account.locale === locale) return;
  const { accountId } = session;
  const about = { details: ["language" as const] };
  await inTransaction(async (tx) => {
    await storeDetails(tx, accountId, { locale });
    await storeActivity(tx, {
      accountId,
      kind: "details-changed",
      about,
      client,
      now: readClock(),
    });
  });
}
