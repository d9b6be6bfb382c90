import { cookieName, cookieOptions, cookieSeconds } from "@/lib/cookies/cookies";
import { cookieJar } from "@/lib/cookies/jar";
import { isLocale, type Locale } from "@/lib/i18n/locales";

/** Remembers the language chosen with the switch. */
export async function setLocaleCookie(locale: Locale): Promise<void> {
  cookieJar().set(cookieName("locale"), locale, cookieOptions(cookieSeconds.locale));
}

/** Brings a customer's stored language to a browser in which none was chosen. */
export async function rememberLocale(stored: string): Promise<void> {
  const chosen = cookieJar().get(cookieName("locale"));
  if (!isLocale(chosen) && isLocale(stored)) await setLocaleCookie(stored);
}
