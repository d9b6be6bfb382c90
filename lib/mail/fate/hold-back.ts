import { keepHourlyTry } from "@/lib/mail/fate/mark-store";
import { readKind, rowOf } from "@/lib/mail/kinds";
import type { QueuedMail } from "@/lib/mail/queued-mail-store";

/**
 * Whether a mail is not sent, as nothing is sent to its recipient. A code is tried once an hour all the
 * same: the mailbox may be there again, and somebody waits for it.
 */
export async function isHeldBack(mail: QueuedMail, now: Date): Promise<boolean> {
  if (mail.marked === null) return false;
  const kind = readKind(mail.kind);
  // What stands for a sign-up's code goes its way: whoever looks must not learn that there is an account.
  const isOfCode = kind !== null && (rowOf(kind).carries === "code" || mail.challengeId !== null);
  if (!isOfCode) return true;
  const by = kind === "sign-in-code" || kind === "widening-code" ? "owner" : "anybody";
  return !(await keepHourlyTry(mail.recipient, { by, mailId: mail.id, now }));
}
