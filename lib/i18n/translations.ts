import {
  createFormatter,
  createTranslator,
  type NamespaceKeys,
  type NestedKeyOf,
} from "use-intl/core";
import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { loadMessages, type PageMessages } from "@/lib/i18n/load-messages";
import { pageLocale } from "@/lib/i18n/page-locale";

type Namespace = NamespaceKeys<PageMessages, NestedKeyOf<PageMessages>>;

type Translator<Name extends Namespace> = ReturnType<typeof createTranslator<PageMessages, Name>>;

// As many as there are languages and parts of the messages that pages name: each keeps what it has read of
// the messages, so that a page does not read them anew.
const translators = new Map<string, unknown>();

/** The language of the page being made. */
export const getLocale = pageLocale;

/**
 * The words of the page being made, in its language.
 *
 * @param namespace a part of the messages, such as `common` or `login.errors`; left out: all of them
 */
export async function getTranslations<const Name extends Namespace = never>(
  namespace?: Name,
): Promise<Translator<Name>> {
  const locale = await getLocale();
  const { timeZone } = env();
  const key = `${locale} ${timeZone} ${namespace ?? ""}`;
  const known =
    translators.get(key) ??
    createTranslator({ locale, messages: await loadMessages(locale), namespace, timeZone });
  translators.set(key, known);
  return known as Translator<Name>;
}

/** Numbers and spans of time as the page being made writes them. */
export async function getFormatter() {
  const { timeZone } = env();
  return createFormatter({ locale: await getLocale(), timeZone, now: readClock() });
}
