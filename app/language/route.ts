import { chooseLanguage } from "@/app/language/choose-language";
import { isLocale } from "@/lib/i18n/locales";
import { pathOfReferer } from "@/lib/i18n/path-of-referer";

/** Remembers the language chosen with the switch and leads back to the page it was on. */
export async function POST(request: Request): Promise<Response> {
  const chosen = (await request.formData()).get("locale");
  if (isLocale(chosen)) await chooseLanguage(chosen, request.headers);
  const back = pathOfReferer(request.headers.get("referer"));
  return new Response(null, { status: 303, headers: { Location: back } });
}
