import en from "@/emails/copy/en.json";
import es from "@/emails/copy/es.json";
import fr from "@/emails/copy/fr.json";
import pt from "@/emails/copy/pt.json";
import type { MailCopy } from "@/emails/mail-view";
import type { Locale } from "@/lib/i18n/locales";

/** The words of all mails; every language has the same keys. */
export const mailCopy: Record<Locale, MailCopy> = { en, fr, pt, es };
