import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { type JsonMail, mailOnItsWayOf, mailOnItsWaySql } from "@/lib/mail/fate/way-store";
import type { MailOnItsWay } from "@/lib/mail/rules/mail-state";
import { pausedUntilSql } from "@/lib/mail/store";

/** A mail with a code, as far as it has come. */
export type CodeMail = MailOnItsWay & {
  recipient: string;
  /** The newest text it may be made of; null: it was not tried yet. */
  edition: number | null;
};

/** The mails of a code, and until when no way out takes any. */
export type CodeMails = {
  /** The newest first. */
  mails: CodeMail[];
  /** Until when the provider asked to be left alone, past or not; null: it never did. */
  pausedUntil: Date | null;
};

/** What `codeMailsSql` finds. */
export type FoundCodeMails = Omit<CodeMails, "mails"> & {
  mails: (JsonMail & { recipient: string; edition: number | null })[];
};

/** SQL of two columns: the mails of the code of a challenge `c`, and the pause. */
export const codeMailsSql = () => Prisma.sql`${pausedUntilSql()} AS "pausedUntil",
  (SELECT coalesce(jsonb_agg(${mailOnItsWaySql}
        || jsonb_build_object('recipient', m.recipient, 'edition', m.edition)
      ORDER BY m.created_at DESC), '[]')
    FROM mail m WHERE m.challenge_id = c.id) AS mails`;

/** The mails that were found. */
export const codeMailsOf = ({ mails, pausedUntil }: FoundCodeMails): CodeMails => ({
  pausedUntil,
  mails: mails.map(({ recipient, edition, ...mail }) => ({
    ...mailOnItsWayOf(mail),
    recipient,
    edition,
  })),
});

/** The mails of one challenge's code. */
export async function findCodeMails(database: Database, challengeId: string): Promise<CodeMails> {
  const rows = await database.$queryRaw<FoundCodeMails[]>`
    SELECT ${codeMailsSql()} FROM challenge c WHERE c.id = ${challengeId}::uuid`;
  return rows[0] === undefined ? { mails: [], pausedUntil: null } : codeMailsOf(rows[0]);
}
