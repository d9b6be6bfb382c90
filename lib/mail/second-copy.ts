import { light } from "@/emails/theme";
import { defaultLocale, isLocale } from "@/lib/i18n/locales";
import { escapeHtml } from "@/lib/mail/escape-html";
import { mailCopy } from "@/lib/mail/mail-copy";
import type { RenderedMail } from "@/lib/mail/rendered-mail";

// As the lines below the card, which it follows.
const style = `font-size:16px;line-height:24px;color:${light.quiet};margin:0 20px 12px`;

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
  const line = `<p class="m-quiet" style="${style}">${escapeHtml(note)}</p>`;
  return {
    ...mail,
    html: `${mail.html.slice(0, at)}${line}${mail.html.slice(at)}`,
    text: `${mail.text}\n\n${note}`,
  };
}
