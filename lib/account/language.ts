import { storeLanguage } from "@/lib/account/store";
import { currentSession } from "@/lib/auth/session";
import type { Locale } from "@/lib/i18n/locales";

/** Keeps the language a signed-in customer chose, for pages and mails alike. */
export async function keepLanguage(locale: Locale): Promise<void> {
  const session = await currentSession();
  if (session !== null) await storeLanguage(session.accountId, locale);
}
