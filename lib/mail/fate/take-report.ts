import { readClock } from "@/lib/clock";
import { inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import type { DeliveryReport } from "@/lib/mail/fate/report";
import {
  findReportedMail,
  keepReportId,
  liftArrived,
  markAddress,
  noteChange,
  type ReportedMail,
  settleReported,
} from "@/lib/mail/fate/report-store";
import { shortWords } from "@/lib/mail/fate/short-words";

/** What came of a report: it counted, it came before, or it is about no mail of ours. */
export type ReportOutcome = "taken" | "seen" | "unknown";

/**
 * Takes what somebody outside says became of a mail. Reports come late, twice and in any order: each
 * counts once, and a mail's state only rises.
 *
 * @throws when the database is away; then nothing of it counts, and it may come again
 */
export async function takeReport(report: DeliveryReport): Promise<ReportOutcome> {
  const now = readClock();
  const outcome = await inTransaction(async (tx): Promise<ReportOutcome> => {
    const mail = await findReportedMail(tx, report.mail);
    if (mail === null) return "unknown";
    if (report.id !== null && !(await keepReportId(tx, report.id, now))) return "seen";
    const at = momentOf(report, mail, now);
    const { source, channel, reason, status } = report;
    const words = report.words === null ? null : shortWords(report.words);
    if (mail.state === "queued") {
      const providerId = report.mail.providerId ?? null;
      const isTaken = report.state !== "refused" && report.state !== "suppressed";
      const state = isTaken ? "sent" : "refused";
      await settleReported(tx, mail.id, { state, at, channel, providerId });
    }
    const change = {
      state: report.state,
      at,
      notedAt: now,
      source,
      channel,
      reason,
      status,
      words,
    };
    await noteChange(tx, mail.id, change);
    if (report.standIn !== undefined) await noteChange(tx, report.standIn, change);
    // Whoever was asked says that it happened, and not when: at the earliest when the mail left.
    const since = source === "look" ? (mail.sentAt ?? at) : at;
    if (report.marks !== null) {
      const { recipient: address } = mail;
      const mark = { address, because: report.marks, status, words, mailId: mail.id, at: since };
      await markAddress(tx, mark);
    }
    if (report.state === "delivered") await liftArrived(tx, mail.recipient, since);
    return "taken";
  });
  const { source, state, reason, status } = report;
  log.info({ source, state, reason, status, outcome }, "A mail's fate was reported.");
  return outcome;
}

/** No clock is ours but our own: nothing happens before a mail was made, or later than now. */
function momentOf(report: DeliveryReport, mail: ReportedMail, now: Date): Date {
  const earliest = mail.createdAt.getTime();
  return new Date(Math.min(Math.max(report.at.getTime(), earliest), now.getTime()));
}
