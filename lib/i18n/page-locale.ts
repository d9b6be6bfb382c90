import { cookies, headers } from "next/headers";
import { cookieName } from "@/lib/cookies/cookies";
import { isLocale, type Locale } from "@/lib/i18n/locales";
import { negotiateLocale } from "@/lib/i18n/negotiate-locale";

/**
 * The language of the page being asked for: the choice in the cookie (made with the switch, or put
 * there at sign-in from the customer's record), else `Accept-Language`, else English.
 */
export async function pageLocale(): Promise<Locale> {
  const chosen = (await cookies()).get(cookieName("locale"))?.value;
  if (isLocale(chosen)) return chosen;
  return negotiateLocale((await headers()).get("accept-language"));
}
