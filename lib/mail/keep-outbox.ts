import { readClock } from "@/lib/clock";
import { sweepInTurns, sweepOf } from "@/lib/db/sweep";
import { env } from "@/lib/env/env";
import { oldReports } from "@/lib/mail/fate/report-store";
import { oldMails } from "@/lib/mail/store";
import { afterDays } from "@/lib/moments";

// A day more than a mail is old that a report still counts for: until then the same one must not count twice.
const REPORTS_KEPT_DAYS = 6;

/**
 * Deletes mails with what became of them, and mails kept in the embedded mailbox, older than
 * MAIL_KEPT_DAYS; which reports came, once none of them could count again; and lifted marks of addresses.
 */
export async function forgetOldMails(signal?: AbortSignal): Promise<void> {
  const now = readClock();
  const before = afterDays(now, -env().mailKeptDays);
  const reports = oldReports({ reports: afterDays(now, -REPORTS_KEPT_DAYS), marks: before });
  await sweepInTurns([...oldMails(before), ...reports].map(sweepOf), signal);
}
