import { cookies } from "next/headers";
import { cookieName, cookieOptions, cookieSeconds } from "@/lib/cookies/cookies";
import { isLocale, type Locale } from "@/lib/i18n/locales";

/** Remembers the language chosen with the switch. */
export async function setLocaleCookie(locale: Locale): Promise<void> {
  (await cookies()).set(cookieName("locale"), locale, cookieOptions(cookieSeconds.locale));
}

/** Brings a customer's stored language to a browser in which none was chosen. */
export async function rememberLocale(stored: string): Promise<void> {
  const chosen = (await cookies()).get(cookieName("locale"))?.value;
  if (!isLocale(chosen) && isLocale(stored)) await setLocaleCookie(stored);
}
