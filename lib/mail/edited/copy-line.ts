import type { Locale } from "@/lib/i18n/locales";
import type { MailKind } from "@/lib/mail/kinds";
import { hostValues } from "@/lib/mail/mail-values";
import type { Inline } from "@/lib/mail-document/document";

/** How placeholders of the copy are called in texts, where they are called something else. */
const variableNames: Record<string, string> = { staffHours: "staff-hours" };

/** What is no variable: it is the same in every mail of us, whoever the host is. */
const asWritten = ["linkDays", "listed"] as const;

/** A sentence of the copy as a line of a document: its placeholders are variables. */
export function copyLine(sentence: string, kind: MailKind, locale: Locale): Inline[] {
  const host = hostValues(kind, locale);
  const filled = asWritten.reduce(
    (text, name) => text.replaceAll(`{${name}}`, () => host[name]),
    sentence,
  );
  return filled
    .split(/(\{\w+\})/)
    .filter((part) => part !== "")
    .map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      return name === undefined ? { text: part } : { variable: variableNames[name] ?? name };
    });
}
