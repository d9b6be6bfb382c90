import { getRequestConfig } from "next-intl/server";
import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { loadMessages } from "@/lib/i18n/load-messages";
import { isLocale } from "@/lib/i18n/locales";
import { pageLocale } from "@/lib/i18n/page-locale";

/** next-intl's settings for one request; there is no language in the path. */
export default getRequestConfig(async ({ locale }) => {
  const language = isLocale(locale) ? locale : await pageLocale();
  return {
    locale: language,
    messages: await loadMessages(language),
    timeZone: env().timeZone,
    now: readClock(),
  };
});
