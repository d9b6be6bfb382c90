import { light } from "@/emails/theme";
import { defaultLocale, isLocale, locales } from "@/lib/i18n/locales";
import { escapeHtml } from "@/lib/mail/escape-html";
import { mailCopy } from "@/lib/mail/mail-copy";
import type { RenderedMail } from "@/lib/mail/rendered-mail";

// As the lines below the card, which it follows.
const style = `font-size:16px;line-height:24px;color:${light.quiet};margin:0 20px 12px`;

const lineOf = (note: string) => `<p class="m-quiet" style="${style}">${escapeHtml(note)}</p>`;

const notes = locales.flatMap((locale) => {
  const { secondCopy, secondCopyOfCode } = mailCopy[locale].shared;
  return [secondCopy, secondCopyOfCode];
});

/** The text of a mail's body without the note of a second copy, which may stand at its end. */
export function withoutNote(text: string): string {
  const bare = text.trimEnd();
  const note = notes.find((one) => bare.endsWith(one));
  return note === undefined ? text : bare.slice(0, -note.length).trimEnd();
}

/** The HTML of a mail without the line of a second copy, which may stand behind its last paragraph. */
export function withoutNoteLine(html: string): string {
  const line = notes.map(lineOf).find((one) => {
    const at = html.lastIndexOf(one);
    return at >= 0 && html.indexOf("<p", at + 1) < 0 && html.slice(0, at).endsWith("</p>");
  });
  if (line === undefined) return html;
  const at = html.lastIndexOf(line);
  return html.slice(0, at) + html.slice(at + line.length);
}

/**
 * A mail that may come twice, as nobody knows whether it was taken before: it ends by saying so. All else
 * stays as it is, its code and its links too.
 *
 * @param locale one of our languages; any other is written in English
 */
export function secondCopyOf<Mail extends RenderedMail>(
  mail: Mail,
  { locale, hasCode }: { locale: string; hasCode: boolean },
): Mail {
  const words = mailCopy[isLocale(locale) ? locale : defaultLocale].shared;
  const note = hasCode ? words.secondCopyOfCode : words.secondCopy;
  const at = mail.html.lastIndexOf("</p>") + "</p>".length;
  const line = lineOf(note);
  return {
    ...mail,
    html: `${mail.html.slice(0, at)}${line}${mail.html.slice(at)}`,
    text: `${mail.text}\n\n${note}`,
  };
}
