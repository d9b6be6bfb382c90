import { type ImapMailbox, readImapUrl } from "@/lib/env/connection-url";
import { Expected } from "@/lib/env/env-values";
import { readEmail } from "@/lib/typed/email-address";

/** What the URL of a mailbox must be. */
export const mailboxExpected =
  "a URL such as imaps://user:password@host/INBOX, with %40 for @ in user and password";

// The address of each mail has a plus sign and 46 letters more before the @, and 64 may stand there.
const LONGEST_LOCAL_PART = 17;

const returnExpected = `an address that returned mail comes to, such as bounces@example.com, with at most ${LONGEST_LOCAL_PART} characters before the @, or its mailbox: ${mailboxExpected}, and ?address=bounces@example.com where its user is not the address`;

/** Where mail comes back to, and the mailbox it is read from; null: `npm run bounce` is handed it. */
export type ReturnMailbox = { address: string; inbox: ImapMailbox | null };

/** Reads CANARY_INBOX. Throws `Expected`. */
export const readMailboxUrl = (text: string): ImapMailbox => readImapUrl(text, mailboxExpected);

function plainAddress(text: string): string {
  const email = /[\s<>:,+]/.test(text) ? null : readEmail(text);
  if (email === null || email.lastIndexOf("@") > LONGEST_LOCAL_PART) {
    throw new Expected(returnExpected);
  }
  return email;
}

/** Reads SMTP_BOUNCES. Throws `Expected`. */
export function readReturnMailbox(text: string): ReturnMailbox {
  if (!text.includes("://")) return { address: plainAddress(text), inbox: null };
  const inbox = readImapUrl(text, returnExpected);
  return { address: plainAddress(inbox.address ?? inbox.user), inbox };
}
