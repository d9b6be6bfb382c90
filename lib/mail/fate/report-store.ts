import type { OldRows } from "@/lib/db/sweep";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import type { DeliveryReport } from "@/lib/mail/fate/report";
import type { FailureReason } from "@/lib/mail/rules/failure-reason";
import type { ReachedState } from "@/lib/mail/rules/mail-state";
import type { MarkCause } from "@/lib/mail/rules/mark-cause";

/** A mail that a report is about. */
export type ReportedMail = {
  id: string;
  state: string;
  recipient: string;
  createdAt: Date;
  sentAt: Date | null;
};

/** A state that a mail reached, as it is noted. */
export type NewChange = Pick<DeliveryReport, "source" | "channel" | "status" | "words"> & {
  state: ReachedState;
  at: Date;
  notedAt: Date;
  reason: FailureReason | null;
};

/** Notes that a report came. @returns false where the same one came before */
export async function keepReportId(tx: Database, id: string, now: Date): Promise<boolean> {
  const kept = await tx.$executeRaw`
    INSERT INTO delivery_report (id, received_at) VALUES (${id}, ${now}) ON CONFLICT DO NOTHING`;
  return kept === 1;
}

/** The mail that a report names, locked until the transaction ends; null: it is none of ours, or deleted. */
export async function findReportedMail(
  tx: Database,
  named: DeliveryReport["mail"],
): Promise<ReportedMail | null> {
  const filter =
    "id" in named
      ? Prisma.sql`id = ${named.id}::uuid`
      : Prisma.sql`provider_id = ${named.providerId}`;
  const rows = await tx.$queryRaw<ReportedMail[]>`
    SELECT id, state, recipient, created_at AS "createdAt", sent_at AS "sentAt" FROM mail WHERE ${filter}
    ORDER BY created_at DESC LIMIT 1 FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

/** Notes a state that a mail reached; once, and of one that was deleted meanwhile not at all. */
export async function noteChange(tx: Database, mailId: string, change: NewChange): Promise<void> {
  const { state, at, notedAt, source, channel, reason, status, words } = change;
  await tx.$executeRaw`
    INSERT INTO mail_change (mail_id, state, at, noted_at, source, channel, reason, status, words)
    SELECT id, ${state}, ${at}::timestamptz, ${notedAt}::timestamptz, ${source}, ${channel}, ${reason}, ${status},
      ${words} FROM mail WHERE id = ${mailId}::uuid FOR KEY SHARE
    ON CONFLICT DO NOTHING`;
}

/** Settles a mail that waits for a try: somebody says that it was taken, or that it never will be. */
export async function settleReported(
  tx: Database,
  mailId: string,
  settled: { state: "sent" | "refused"; at: Date; channel: string; providerId: string | null },
): Promise<void> {
  const { state, at, channel, providerId } = settled;
  await tx.$executeRaw`
    UPDATE mail SET state = ${state}, channel = ${channel}, attempts = greatest(attempts, 1),
      sent_at = ${state === "sent" ? at : null}, provider_id = coalesce(${providerId}, provider_id),
      last_error = NULL
    WHERE id = ${mailId}::uuid AND state = 'queued'`;
}

/** What is noted of an address that nothing is sent to. */
export type NewMark = {
  address: string;
  because: MarkCause;
  status: string | null;
  words: string | null;
  mailId: string | null;
  at: Date;
};

/**
 * Marks an address, unless that was lifted since what the report is about. What stands is renewed, so that
 * nobody lifts what they did not see; a complaint stays one.
 */
export async function markAddress(tx: Database, mark: NewMark): Promise<void> {
  const { address, because, status, words, mailId, at } = mark;
  await tx.$executeRaw`
    INSERT INTO marked_address AS marked (address, because, status, words, mail_id, marked_at)
    VALUES (lower(${address}), ${because}, ${status}, ${words}, ${mailId}::uuid, ${at})
    ON CONFLICT (address) DO UPDATE SET
      because = CASE WHEN marked.lifted_at IS NULL AND marked.because = 'complaint' THEN marked.because
        ELSE excluded.because END, status = excluded.status,
      words = excluded.words, mail_id = excluded.mail_id, marked_at = excluded.marked_at,
      lifted_at = NULL
    WHERE coalesce(marked.lifted_at, marked.marked_at) < excluded.marked_at`;
}

/** Lifts the mark of an address that a mail arrived at, unless its owner complained. */
export async function liftArrived(tx: Database, address: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE marked_address SET lifted_at = ${at}
    WHERE address = lower(${address}) AND lifted_at IS NULL AND marked_at < ${at}
      AND because <> 'complaint'`;
}

/** Reports that came before a moment, and marks that were lifted before another: nothing goes by them. */
export const oldReports = (before: { reports: Date; marks: Date }): OldRows[] => [
  { table: "delivery_report", by: "received_at", before: before.reports },
  {
    ...{ table: "marked_address", by: "marked_at", before: before.marks },
    only: Prisma.sql`lifted_at < ${before.marks}::timestamptz`,
  },
];
