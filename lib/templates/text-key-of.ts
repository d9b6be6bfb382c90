import { isLocale } from "@/lib/i18n/locales";
import { type MailKind, readKind } from "@/lib/mail/kinds";
import { NAME_PATTERN } from "@/lib/mail-document/document";
import { blockNameOf, frameKey, type TextKey } from "@/lib/mail-document/text-key";

/**
 * Which text an address or a file names: a kind of mail or `block:<name>` in a language, or `frame` in
 * `all`; null: none that there can be. Whether there is such a block is said by `readText`.
 */
export function readTextKey(subject: string, language: string): TextKey | null {
  if (subject === frameKey.subject) return language === frameKey.language ? frameKey : null;
  const name = blockNameOf(subject);
  const isSubject = name === null ? isEditable(subject) : NAME_PATTERN.test(name);
  return isSubject && isLocale(language) ? { subject, language } : null;
}

// A test mail says what another text says.
const isEditable = (subject: string) => readKind(subject) !== null && subject !== "template-test";

/** The kind of mail that a text is of; null: a block or the frame. */
export const kindOf = ({ subject }: TextKey): MailKind | null =>
  isEditable(subject) ? readKind(subject) : null;

/** Whether a text is what is set once for all mails. */
export const isFrame = ({ subject }: TextKey): boolean => subject === frameKey.subject;

/** What a text is called in the audit log and in files: "sign-in-code/fr". */
export const textName = ({ subject, language }: TextKey): string => `${subject}/${language}`;

/** The text of such a name; null: none that there can be. */
export function readTextName(name: string): TextKey | null {
  const at = name.lastIndexOf("/");
  return at === -1 ? null : readTextKey(name.slice(0, at), name.slice(at + 1));
}
