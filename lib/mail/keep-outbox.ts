import { readClock } from "@/lib/clock";
import { sweepInTurns, sweepOf } from "@/lib/db/sweep";
import { log } from "@/lib/log/log";
import { oldMails, requeueDueMails } from "@/lib/mail/store";
import { afterDays, afterSeconds } from "@/lib/moments";

const MAIL_KEPT_DAYS = 30;
// A job made a moment ago is probably on its way to a worker.
const LOST_AFTER_SECONDS = 5;

/** Deletes mails, and mails kept in the embedded mailbox, older than 30 days. */
export async function forgetOldMails(signal?: AbortSignal): Promise<void> {
  const old = oldMails(afterDays(readClock(), -MAIL_KEPT_DAYS));
  await sweepInTurns(old.map(sweepOf), signal);
}

/** Makes jobs for due mails whose own may be lost with a killed process; not for what is due only just now. */
export async function requeueLostMails(): Promise<void> {
  await requeue(afterSeconds(readClock(), -LOST_AFTER_SECONDS));
}

/** The same for every mail that is due: the database was away, and jobs with it. */
export async function requeueAllMails(): Promise<void> {
  await requeue(readClock());
}

async function requeue(dueBefore: Date): Promise<void> {
  const count = await requeueDueMails(dueBefore);
  if (count > 0) log.info({ count }, "Mails whose jobs may be lost were put up again.");
}
