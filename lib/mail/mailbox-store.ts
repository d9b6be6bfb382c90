import { readClock } from "@/lib/clock";
import { db } from "@/lib/db/client";

/** Keeps a mail in the embedded mailbox; once, however often it is sent. */
export async function keepInMailbox(message: {
  id: string;
  to: string;
  subject: string;
  html: string;
  text: string;
}): Promise<void> {
  const { id, to, subject, html, text } = message;
  await db.$executeRaw`
    INSERT INTO mailbox_message (id, recipient, subject, html, text, created_at)
    VALUES (${id}::uuid, ${to}, ${subject}, ${html}, ${text}, ${readClock()})
    ON CONFLICT DO NOTHING`;
}

/** The newest mails of the embedded mailbox, without their bodies; of one recipient where given. */
export async function listMailbox(filter: { recipient?: string; take: number }) {
  return await db.mailboxMessage.findMany({
    where: filter.recipient === undefined ? {} : { recipient: filter.recipient },
    select: { id: true, recipient: true, subject: true, createdAt: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: filter.take,
  });
}

/** One mail of the embedded mailbox; null if there is none, or `id` is no uuid. */
export async function findMailboxMessage(id: string) {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return null;
  return await db.mailboxMessage.findUnique({ where: { id } });
}
