import { isLocale, localeNames } from "@/lib/i18n/locales";
import { getTranslations } from "@/lib/i18n/translations";
import { readKind } from "@/lib/mail/kinds";
import { blockNameOf, type TextKey } from "@/lib/mail-document/text-key";

/** What a language of texts calls itself; of the frame nothing. */
export const languageOf = (language: string): string =>
  isLocale(language) ? localeNames[language] : "";

/** What texts are called, and when a mail is sent. */
export async function textWords() {
  const t = await getTranslations("templateKinds");
  const nav = await getTranslations("templates.nav");
  return {
    name: ({ subject }: Pick<TextKey, "subject">): string => {
      const kind = readKind(subject);
      return kind === null ? (blockNameOf(subject) ?? nav("frame")) : t(`${kind}.name`);
    },
    when: ({ subject }: Pick<TextKey, "subject">): string | null => {
      const kind = readKind(subject);
      return kind === null ? null : t(`${kind}.when`);
    },
  };
}
