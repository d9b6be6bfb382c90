import { nobody } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { database, inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import type { TextKey } from "@/lib/mail-document/text-key";
import { afterDays } from "@/lib/moments";
import { findFallbacks, takeAlarms } from "@/lib/templates/fallback-store";
import { notifyEditors } from "@/lib/templates/notify-editors";
import { ALARM_DAYS } from "@/lib/templates/rules/limits";
import { textName } from "@/lib/templates/text-key-of";

/** A text that could not be sent, so that the built-in one went out. */
export type Alarm = {
  key: TextKey;
  /** How often within the last week. */
  count: number;
  /** What was wrong with the last one. */
  reason: string;
  lastAt: Date;
};

/** The texts that fell back within the last week, one a text, the latest first. */
export async function readAlarms(): Promise<Alarm[]> {
  const found = await findFallbacks(database, afterDays(readClock(), -ALARM_DAYS));
  return found.map(({ subject, language, ...alarm }) => ({ key: { subject, language }, ...alarm }));
}

/**
 * Notifies everybody who edits texts of each that fell back: once for a text and an hour, as its row is
 * kept by the hour.
 */
export async function alarmEditors(): Promise<void> {
  const now = readClock();
  const alarms = await inTransaction(async (tx) => {
    await lockSubject(tx, subjects.texts);
    const taken = await takeAlarms(tx, { since: afterDays(now, -ALARM_DAYS), now });
    for (const { subject, language } of taken) {
      const text = textName({ subject, language });
      const about = { text };
      await notifyEditors(tx, {
        kind: "template-fell-back",
        ...{ except: [], client: nobody, about, now },
      });
    }
    return taken;
  });
  for (const { subject, language, count, reason } of alarms) {
    const text = textName({ subject, language });
    log.info({ text, count, reason }, "editors notified of a text that could not be used");
  }
}
