import { readClock } from "@/lib/clock";
import { linkTypeOf, readKind, rowOf } from "@/lib/mail/kinds";
import { findQueuedMail, type QueuedMail } from "@/lib/mail/queued-mail-store";

/** Whether nobody needs a mail any more: its time has passed, or its code or link is of no use now. */
export function isUseless(mail: QueuedMail, now: Date): boolean {
  if (mail.usefulUntil <= now) return true;
  const kind = readKind(mail.kind);
  if (kind === null) return false;
  const { challengeId, challenge, linkType, link } = mail;
  if (rowOf(kind).carries === "code") {
    return challengeId !== null && (challenge === null || challenge.endedAt !== null);
  }
  return linkType !== null && linkType === linkTypeOf(kind) && (link === null || link.hasEnded);
}

/** Whether a mail still waits to be sent, and is of use. Throws when the database is away. */
export async function isWanted(mailId: string): Promise<boolean> {
  const mail = await findQueuedMail(mailId);
  return mail !== null && !isUseless(mail, readClock());
}
