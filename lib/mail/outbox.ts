import { readClock } from "@/lib/clock";
import { Prisma } from "@/lib/generated/prisma/client";
import { type MailFacts, mailFactsSchema } from "@/lib/mail/facts";
import { linkTypeOf, type MailKind } from "@/lib/mail/kinds";
import type { MailLink } from "@/lib/mail/links";

/** A mail as it is enqueued. */
export type NewMail = {
  kind: MailKind;
  accountId: string | null;
  /** Whose code the mail carries, or stands for; only of mails of a challenge. */
  challengeId?: string;
  /** The one link that acts, of the type that its kind carries. */
  link?: MailLink;
  /** Which link says "that was not me", beside the one above; only of kinds that have it. */
  notMeId?: string;
  recipient: string;
  /** One of our languages; any other is written in English. */
  locale: string;
  /** The customer's zone; null: TIME_ZONE. */
  timeZone: string | null;
  facts: MailFacts;
  /** When nobody needs it any more: for a code mail, the code's end. */
  usefulUntil: Date;
  /** When it is to be sent; left out: at once. */
  notBefore?: Date;
};

/** What enqueuing needs of Prisma: the client, or a transaction on it. */
type Database = Pick<Prisma.TransactionClient, "$queryRaw">;

/** Of the database's notifications that a mail was enqueued, which whoever sends mail listens to. */
export const MAIL_CHANNEL = "portaria_mail";

/**
 * SQL that notifies whoever sends mail once the caller's transaction commits, as an expression of type
 * text. Select it from the rows of `insertMailSql`, so that it runs.
 */
export function sendMailJobSql(): Prisma.Sql {
  return Prisma.sql`pg_notify(${MAIL_CHANNEL}, '')::text`;
}

// Due at once by the database's clock too, which says what is due, where the clock of this process is ahead.
const dueSql = (notBefore: Date | undefined, now: Date) =>
  notBefore === undefined
    ? Prisma.sql`least(${now}::timestamptz, now())`
    : Prisma.sql`${notBefore}`;

/**
 * SQL that inserts the row of a mail and returns its `id`; for a CTE of one's own with `sendMailJobSql`.
 *
 * @throws when the mail has not the link that its kind carries
 */
export function insertMailSql(mail: NewMail): Prisma.Sql {
  const { kind, link = null } = mail;
  if (linkTypeOf(kind) !== (link?.type ?? null)) {
    throw new Error(`A mail of kind ${kind} carries ${linkTypeOf(kind) ?? "no link"}.`);
  }
  const facts = JSON.stringify(mailFactsSchema.parse(mail.facts));
  const now = readClock();
  return Prisma.sql`INSERT INTO mail (kind, account_id, challenge_id, link_type, link_row_id,
      not_me_id, recipient, locale, time_zone, facts, next_try_at, useful_until, created_at)
    VALUES (${kind}, ${mail.accountId}::uuid, ${mail.challengeId ?? null}::uuid, ${link?.type ?? null}, ${link?.id ?? null}::uuid,
      ${mail.notMeId ?? null}::uuid, ${mail.recipient}, ${mail.locale}, ${mail.timeZone}, ${facts}::jsonb, ${dueSql(mail.notBefore, now)}, ${mail.usefulUntil}, ${now})
    RETURNING id`;
}

/**
 * Stores a mail and notifies whoever sends it, in one statement of the caller's transaction: the mail
 * goes if and only if that commits. A code sent again is another mail of the same challenge.
 *
 * @returns the mail's id
 */
export async function enqueueMail(database: Database, mail: NewMail): Promise<string> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    WITH made AS (${insertMailSql(mail)})
    SELECT id::text AS id, ${sendMailJobSql()} AS notified FROM made`;
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("The database returned no row for a mail.");
  return id;
}
