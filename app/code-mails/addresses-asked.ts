import { getLocale } from "@/lib/i18n/translations";

/**
 * The addresses that a code was asked for again, as a sentence names them.
 *
 * @param to as its notice has them
 * @param shown the one that the page names, where the notice has none
 */
export async function addressesAsked(to: readonly string[], shown: string): Promise<string> {
  return new Intl.ListFormat(await getLocale()).format(to.length === 0 ? [shown] : to);
}
