import { keepInMailbox } from "@/lib/mail/mailbox-store";
import { checkMessage, type Transport } from "@/lib/mail/transports/transport";

/** Keeps mails in the database, for /mailbox; a repeated try is kept once. */
export const mailboxTransport: Transport = async (message) => {
  checkMessage(message);
  await keepInMailbox(message);
  return { channel: "mailbox", providerId: null };
};
