import { createTranslator } from "use-intl/core";
import type { MailCopy } from "@/emails/mail-view";
import type { Locale } from "@/lib/i18n/locales";
import { mailCopy } from "@/lib/mail/mail-copy";

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
