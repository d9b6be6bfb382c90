import { clientNow } from "@/lib/client/client-ip";
import { keepLanguage } from "@/lib/contact/language";
import { isDatabaseDown } from "@/lib/db/database-down";
import { setLocaleCookie } from "@/lib/i18n/locale-cookie";
import type { Locale } from "@/lib/i18n/locales";
import { log } from "@/lib/log/log";

/** Remembers the language that a reader chose, for a signed-in customer also for mails. */
export async function chooseLanguage(chosen: Locale): Promise<void> {
  await setLocaleCookie(chosen);
  try {
    await keepLanguage(chosen, clientNow());
  } catch (error) {
    // The pages change language all the same; only mails keep the old one. The gate reports the
    // database.
    if (!isDatabaseDown(error))
      log.warn({ err: error }, "A customer's choice of language could not be stored");
  }
}
