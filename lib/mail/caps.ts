import type { MailKind } from "@/lib/mail/kinds";
import { mails } from "@/lib/mail/mails";

/**
 * How many things of one kind an account is notified of by a mail each within an hour; the others
 * come in one mail at its end. Things count, not recipients.
 */
export const NOTICES_PER_HOUR = 5;

/** How many of the others that mail lists; it counts all. */
export const GATHERED_LISTED = 50;

/** Whether mails of a kind are gathered beyond `NOTICES_PER_HOUR`. */
export const isCapped = (kind: MailKind): boolean => mails[kind].isCapped;
