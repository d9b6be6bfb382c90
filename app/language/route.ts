import { clientOf } from "@/lib/client/client-ip";
import { keepLanguage } from "@/lib/contact/language";
import { isDatabaseDown } from "@/lib/db/database-down";
import { setLocaleCookie } from "@/lib/i18n/locale-cookie";
import { isLocale, type Locale } from "@/lib/i18n/locales";
import { pathOfReferer } from "@/lib/i18n/path-of-referer";
import { log } from "@/lib/log/log";

async function storeForCustomer(locale: Locale, headers: Headers): Promise<void> {
  try {
    await keepLanguage(locale, clientOf(headers));
  } catch (error) {
    // The pages change language all the same; only mails keep the old one. The gate reports the
    // database.
    if (!isDatabaseDown(error))
      log.warn({ err: error }, "A customer's choice of language could not be stored");
  }
}

/** Remembers the language chosen with the switch and leads back to the page it was on. */
export async function POST(request: Request): Promise<Response> {
  const chosen = (await request.formData()).get("locale");
  if (isLocale(chosen)) {
    await setLocaleCookie(chosen);
    await storeForCustomer(chosen, request.headers);
  }
  const back = pathOfReferer(request.headers.get("referer"));
  return new Response(null, { status: 303, headers: { Location: back } });
}
