import { db } from "@/lib/db";
import type { Locale } from "@/lib/i18n/locales";

/** Stores the language of a signed-in customer, for pages and mails alike. */
export async function storeLanguage(accountId: string, locale: Locale): Promise<void> {
  await db.account.update({ where: { id: accountId }, data: { locale } });
}
