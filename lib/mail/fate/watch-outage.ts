import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { inTransaction } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { readMailWatch } from "@/lib/mail/fate/mail-watch";
import {
  beginOutage,
  endOutage,
  findOpenOutage,
  findRecentMails,
  keepOutage,
} from "@/lib/mail/fate/outage-store";
import { judgeOutage, type OutageVerdict, readOutage } from "@/lib/mail/rules/outage";

/**
 * Looks whether mail is slow or refused for everybody, and begins or ends an outage; one process at a time,
 * so that each is begun, ended and logged once.
 *
 * @throws when the database is away
 */
export async function watchOutage(): Promise<OutageVerdict> {
  const { outage: limits, resendWebhookSecret } = env();
  const reported = resendWebhookSecret !== undefined;
  const { verdict, fields } = await inTransaction(async (tx) => {
    await lockSubject(tx, subjects.mailWatch);
    const now = readClock();
    const reading = readOutage(await findRecentMails(tx, { now, reported }), limits);
    const open = await findOpenOutage(tx);
    const verdict = judgeOutage(reading, { open, limits, now });
    const { refusedShare, addresses } = reading;
    const measured = { medianSeconds: reading.medianSeconds ?? 0, refusedShare };
    const fields = { addresses, ...measured };
    switch (verdict.kind) {
      case "none":
        break;
      case "begins":
        await beginOutage(tx, { ...measured, because: verdict.because, now });
        break;
      case "goes-on":
        if (open !== null) await keepOutage(tx, open.id, { ...measured, ...verdict });
        break;
      case "ends": {
        if (open === null) break;
        const beganAt = await endOutage(tx, open.id, now);
        const lastedSeconds = Math.round((now.getTime() - beganAt.getTime()) / 1000);
        return { verdict, fields: { ...fields, lastedSeconds } };
      }
    }
    return { verdict, fields };
  });
  if (verdict.kind === "begins") {
    const what = verdict.because === "slow" ? "takes too long to arrive" : "is refused too often";
    log.error(fields, `Mail with codes and links ${what}: an outage begins, and pages say so.`);
  }
  if (verdict.kind === "ends")
    log.info(fields, "Mail arrives as it should again: the outage is over.");
  if (verdict.kind !== "none") await readMailWatch();
  return verdict;
}
