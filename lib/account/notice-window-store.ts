import { z } from "zod";
import { readNotifiedOf } from "@/lib/account/notified-of";
import type { NotifiedOf } from "@/lib/account/rules/notified-of";
import type { Database } from "@/lib/db/transaction";
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
 * Counts something that an account is to be notified of, safe against others at the same moment in
 * any process: they wait for the row until the caller's transaction ends. A window that is over
 * begins anew.
 */
export async function countNotice(
  tx: Database,
  { accountId, kind }: NoticeKey,
  now: Date,
): Promise<NoticeWindow> {
  const over = afterHours(now, -1);
  const rows = await tx.$queryRaw<{ beganAt: Date; acts: number; gathering: unknown }[]>`
    INSERT INTO notice_window AS w (account_id, kind, began_at, acts)
    VALUES (${accountId}::uuid, ${kind}, ${now}, 1)
    ON CONFLICT (account_id, kind) DO UPDATE SET
      acts = CASE WHEN w.began_at <= ${over}::timestamptz THEN 1 ELSE w.acts + 1 END,
      gathering = CASE WHEN w.began_at <= ${over}::timestamptz THEN '{}' ELSE w.gathering END,
      began_at = CASE WHEN w.began_at <= ${over}::timestamptz THEN excluded.began_at ELSE w.began_at END
    RETURNING w.began_at AS "beganAt", w.acts, w.gathering`;
  const row = rows[0];
  if (row === undefined) throw new Error("The database returned no window of notices.");
  return { ...row, gathering: gatheringSchema.parse(row.gathering) };
}

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
