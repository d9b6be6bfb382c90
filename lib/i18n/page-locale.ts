import { cookieName } from "@/lib/cookies/cookies";
import { cookieJar } from "@/lib/cookies/jar";
import { isLocale, type Locale } from "@/lib/i18n/locales";
import { negotiateLocale } from "@/lib/i18n/negotiate-locale";
import { requestBrought } from "@/lib/log/request-context";

/**
 * The language of the page being asked for: the choice in the cookie (made with the switch, or put
 * there at sign-in from the customer's record), else `Accept-Language`, else English.
 */
export async function pageLocale(): Promise<Locale> {
  const chosen = cookieJar().get(cookieName("locale"));
  if (isLocale(chosen)) return chosen;
  return negotiateLocale(requestBrought().headers.get("accept-language"));
}
