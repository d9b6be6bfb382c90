import { z } from "zod";
import { readNotifiedOf } from "@/lib/account/notified-of";
import type { NotifiedOf } from "@/lib/account/rules/notified-of";
import { ownerPart, type Part } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { NOTICES_PER_HOUR } from "@/lib/mail/caps";
import { type MailFacts, mailFactsSchema } from "@/lib/mail/facts";
import { afterHours } from "@/lib/moments";

/** What an account is notified of, and of which kind. */
export type NoticeKey = { accountId: string; kind: string };

/** The hour in which something is mailed. */
export type NoticeWindow = {
  beganAt: Date;
  /** How many things there were in it, this one included. */
  acts: number;
  /** The ids of the mails that gather what is kept, by recipient. */
  gathering: Record<string, string>;
};

const gatheringSchema = z.record(z.string(), z.string());

/**
 * The part of a statement that counts something its owner is to be notified of, safe against others at
 * the same moment in any process: they wait for the row. A window that is over begins anew.
 */
export function countNoticePart(kind: string, now: Date): Part {
  const over = afterHours(now, -1);
  return Prisma.sql`counted AS (
    INSERT INTO notice_window AS w (account_id, kind, began_at, acts)
    SELECT id, ${kind}, ${now}, 1 FROM owner
    ON CONFLICT (account_id, kind) DO UPDATE SET
      acts = CASE WHEN w.began_at <= ${over}::timestamptz THEN 1 ELSE w.acts + 1 END,
      gathering = CASE WHEN w.began_at <= ${over}::timestamptz THEN '{}' ELSE w.gathering END,
      began_at = CASE WHEN w.began_at <= ${over}::timestamptz THEN excluded.began_at ELSE w.began_at END
    RETURNING w.began_at AS "beganAt", w.acts, w.gathering)`;
}

/** Counts something that an account is to be notified of. */
export async function countNotice(
  tx: Database,
  { accountId, kind }: NoticeKey,
  now: Date,
): Promise<NoticeWindow> {
  const rows = await tx.$queryRaw<{ beganAt: Date; acts: number; gathering: unknown }[]>`
    WITH ${ownerPart(accountId)}, ${countNoticePart(kind, now)} SELECT * FROM counted`;
  const row = rows[0];
  if (row === undefined) throw new Error("The database returned no window of notices.");
  return { ...row, gathering: gatheringSchema.parse(row.gathering) };
}

/** SQL for a column: the kinds of which the account `a` gets no further mail of its own in this hour. */
export const gatheredKindsSql = (now: Date) =>
  Prisma.sql`ARRAY(SELECT w.kind FROM notice_window w WHERE w.account_id = a.id
    AND w.acts >= ${NOTICES_PER_HOUR} AND w.began_at > ${afterHours(now, -1)}::timestamptz)`;

/** Notes which mails gather what is kept. */
export async function storeGathering(
  tx: Database,
  { accountId, kind }: NoticeKey,
  gathering: Record<string, string>,
): Promise<void> {
  await tx.noticeWindow.update({
    where: { accountId_kind: { accountId, kind } },
    data: { gathering },
  });
}

/** A mail that gathers, as long as it waits, with its link "that was not me" as long as that works. */
export async function findGatheringMail(tx: Database, id: string) {
  const mail = await tx.mail.findFirst({
    where: { id, state: "queued" },
    select: { id: true, facts: true, notMeId: true },
  });
  if (mail === null) return null;
  const link =
    mail.notMeId === null
      ? null
      : await tx.accountLink.findFirst({ where: { id: mail.notMeId, endedAt: null } });
  return {
    id,
    facts: mailFactsSchema.parse(mail.facts),
    link: link && { id: link.id, notifiedOf: readNotifiedOf(link.toldOf) },
  };
}

/** Stores what a mail that gathers says by now, and its link where that is another one. */
export async function storeGathered(
  tx: Database,
  mail: { id: string; facts: MailFacts; notMeId?: string },
): Promise<void> {
  const { id, facts, notMeId } = mail;
  await tx.mail.update({ where: { id }, data: { facts, ...(notMeId ? { notMeId } : {}) } });
}

/** Stores what a link "that was not me" is about by now. */
export async function storeNotifiedOf(
  tx: Database,
  id: string,
  notifiedOf: NotifiedOf,
): Promise<void> {
  await tx.accountLink.update({ where: { id }, data: { toldOf: notifiedOf } });
}
