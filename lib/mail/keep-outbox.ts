import { readClock } from "@/lib/clock";
import { deleteMailsBefore } from "@/lib/mail/store";
import { afterDays } from "@/lib/moments";

const MAIL_KEPT_DAYS = 30;

/** Deletes mails, and mails kept in the embedded mailbox, older than 30 days. */
export async function forgetOldMails(): Promise<void> {
  await deleteMailsBefore(afterDays(readClock(), -MAIL_KEPT_DAYS));
}
