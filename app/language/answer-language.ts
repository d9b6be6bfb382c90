import { chooseLanguage } from "@/lib/contact/choose-language";
import { isLocale } from "@/lib/i18n/locales";
import { pathOfReferer } from "@/lib/i18n/path-of-referer";

/**
 * Remembers the language chosen with the switch and leads back to the page it was on.
 *
 * @param keep what is done with the form that came along; returns the page's address
 */
export async function answerLanguage(
  request: Request,
  keep: (address: string) => Promise<string> = async (address) => address,
): Promise<Response> {
  const chosen = (await request.formData()).get("locale");
  if (isLocale(chosen)) await chooseLanguage(chosen);
  const back = await keep(pathOfReferer(request.headers.get("referer")));
  return new Response(null, { status: 303, headers: { Location: back } });
}
