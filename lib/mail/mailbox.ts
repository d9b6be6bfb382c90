import { env } from "@/lib/env/env";
import { findMailboxMessage, listMailbox } from "@/lib/mail/mailbox-store";
import { readEmail } from "@/lib/typed/email-address";

/** Mails a page of the mailbox lists. */
export const MAILS_PER_PAGE = 100;

// The gate answers 404 for the pages; this holds whichever way they are asked for.
const mailboxIsOn = () => env().keepsMail;

const uuidShape = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;
const digits = "0123456789";
const letters = "ghijklmnop";

const swap = (text: string, from: string, to: string) =>
  [...text].map((character) => to[from.indexOf(character)] ?? character).join("");

/** A mail's id for its link, in letters alone: a link holds no six figures that look like a code. */
export function linkOfMail(id: string): string {
  return swap(id.replaceAll("-", ""), digits, letters);
}

/** The mail's id that a link stands for; null for anything that is none. */
export function mailOfLink(link: string): string | null {
  if (!/^[a-p]{32}$/.test(link)) return null;
  return swap(link, letters, digits).replace(uuidShape, "$1-$2-$3-$4-$5");
}

/**
 * The newest mails that the embedded mailbox keeps, newest first, at most `MAILS_PER_PAGE`.
 *
 * @param recipient one address in any case; undefined for all
 */
export async function readMailbox(recipient?: string) {
  if (!mailboxIsOn()) return [];
  const mails = await listMailbox({
    take: MAILS_PER_PAGE,
    ...(recipient === undefined
      ? {}
      : { recipient: readEmail(recipient) ?? recipient.toLowerCase() }),
  });
  return mails.map(({ id, ...mail }) => ({ ...mail, link: linkOfMail(id) }));
}

/** The mail of a link with its bodies; null where there is none, whatever the link holds. */
export async function readMail(link: string) {
  const id = mailboxIsOn() ? mailOfLink(link) : null;
  return id === null ? null : findMailboxMessage(id);
}
