import { createTranslator } from "use-intl/core";
import en from "@/emails/copy/en.json";
import es from "@/emails/copy/es.json";
import fr from "@/emails/copy/fr.json";
import pt from "@/emails/copy/pt.json";
import type { MailCopy } from "@/emails/mail-view";
import type { Locale } from "@/lib/i18n/locales";

/** The words of all mails; every language has the same keys. */
export const mailCopy: Record<Locale, MailCopy> = { en, fr, pt, es };

/**
 * One section of the copy with its placeholders filled.
 *
 * @param values by placeholder name, as text
 * @throws when the copy names a placeholder that `values` lacks, or is not ICU
 */
export function fillWords<Kind extends keyof MailCopy>(
  locale: Locale,
  kind: Kind,
  values: Record<string, string>,
): MailCopy[Kind] {
  const words = mailCopy[locale][kind];
  const translate = createTranslator({
    locale,
    messages: words as Record<string, string>,
    onError: (error) => {
      throw error;
    },
  });
  const filled = Object.keys(words).map((key) => [key, translate(key, values)]);
  return Object.fromEntries(filled) as MailCopy[Kind];
}
