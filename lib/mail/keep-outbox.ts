import { readClock } from "@/lib/clock";
import { sweepInTurns, sweepOf } from "@/lib/db/sweep";
import { oldMails } from "@/lib/mail/store";
import { afterDays } from "@/lib/moments";

const MAIL_KEPT_DAYS = 30;

/** Deletes mails, and mails kept in the embedded mailbox, older than 30 days. */
export async function forgetOldMails(signal?: AbortSignal): Promise<void> {
  const old = oldMails(afterDays(readClock(), -MAIL_KEPT_DAYS));
  await sweepInTurns(old.map(sweepOf), signal);
}
