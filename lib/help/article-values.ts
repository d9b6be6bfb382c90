import { helpNumbers } from "@/lib/help/help-numbers";
import { loadMessages } from "@/lib/i18n/load-messages";
import type { Locale } from "@/lib/i18n/locales";
import { mailCopy } from "@/lib/mail/mail-copy";

/** What the texts of articles name: numbers, and the words on the buttons of pages and mails. */
export async function articleValues(locale: Locale) {
  const { verify, security, sessions, contact, closing } = await loadMessages(locale);
  return {
    ...helpNumbers(locale),
    resendButton: verify.resend,
    networkButton: verify.sendForThisNetwork,
    trustBox: verify.trust,
    lostMailbox: verify.lostMailbox,
    trustBrowser: security.browser.trust,
    endOthers: sessions.endOthers,
    supportPin: contact.phone.pin,
    exportButton: closing.export.submit,
    closeButton: closing.close.submit,
    keepButton: closing.pending.keep,
    objectLink: mailCopy[locale].shared.objectLink,
  };
}
