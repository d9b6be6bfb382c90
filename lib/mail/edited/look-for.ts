import { env } from "@/lib/env/env";
import type { Locale } from "@/lib/i18n/locales";
import { findLiveTexts } from "@/lib/mail/edited/edition-store";
import type { MailKind } from "@/lib/mail/kinds";
import { mailCopy } from "@/lib/mail/mail-copy";
import { parseSender } from "@/lib/mail/sender";
import type { Inline } from "@/lib/mail-document/document";

/** By what somebody finds a mail among others. */
export type LookFor = { subject: string; sender: string };

const CODE = "••••••";

const shownValue = (name: string): string => ({ brand: env().brand.name, code: CODE })[name] ?? "…";

const writtenOf = (line: Inline[]): string =>
  line
    .map((inline) =>
      "break" in inline ? " " : "text" in inline ? inline.text : shownValue(inline.variable),
    )
    .join("");

/**
 * The subject and the sender of a mail, with dots for its code: as it was written by whoever published a
 * text for it, else the built-in one.
 *
 * @param edition the mail's
 * @throws when the database is away
 */
export async function lookFor(
  kind: MailKind,
  locale: Locale,
  edition: number | null,
): Promise<LookFor> {
  const { text } = await findLiveTexts(kind, locale, edition);
  const builtIn = mailCopy[locale][kind].subject;
  const subject =
    text === null
      ? builtIn.replace(/\{(\w+)\}/g, (_, name: string) => shownValue(name))
      : writtenOf(text.edited.document.subject);
  return { subject, sender: parseSender(env().emailFrom).address };
}
