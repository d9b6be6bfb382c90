import { randomUUID } from "node:crypto";
import { readClock } from "@/lib/clock";
import { ownerPart, type Part, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
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

/** The name of the job that sends one mail; its payload is `{ mailId }`. */
export const sendMailTask = "send_mail";

/**
 * SQL that makes the job for a mail, as an expression of type text. Select it, so that it runs.
 *
 * A job's key is the mail's id: however often a mail is put up, one job waits for it.
 *
 * @param mailId SQL expression of the mail's uuid
 * @param wait SQL expression of the interval from now, by the database's clock, or seconds
 */
export function sendMailJobSql(mailId: Prisma.Sql, wait: Prisma.Sql | number = 0): Prisma.Sql {
  const interval =
    typeof wait === "number" ? Prisma.sql`make_interval(secs => ${wait}::double precision)` : wait;
  return Prisma.sql`(graphile_worker.add_job(
    ${sendMailTask}, json_build_object('mailId', (${mailId})::text),
    run_at := now() + ${interval}, job_key := ${`${sendMailTask}:`} || (${mailId})::text)).id::text`;
}

const waits = Prisma.sql`greatest(mail.next_try_at - mail.created_at, interval '0')`;

/**
 * The part of a statement (lib/db/together.ts) that stores mails and the jobs that send them: they go if
 * and only if it commits.
 *
 * @param mails each with the id that it is to have
 * @throws when a mail has not the link that its kind carries
 */
export function mailsPart(mails: (NewMail & { id: string })[]): Part {
  const now = readClock();
  const rows = mails.map(({ link = null, facts, notBefore = now, ...mail }) => {
    const { kind } = mail;
    if (linkTypeOf(kind) !== (link?.type ?? null)) {
      throw new Error(`A mail of kind ${kind} carries ${linkTypeOf(kind) ?? "no link"}.`);
    }
    return {
      ...mail,
      link_type: link?.type,
      link_row_id: link?.id,
      facts: mailFactsSchema.parse(facts),
      next_try_at: notBefore,
    };
  });
  return Prisma.sql`mails AS (
    INSERT INTO mail (id, kind, account_id, challenge_id, link_type, link_row_id, not_me_id,
      recipient, locale, time_zone, facts, next_try_at, useful_until, created_at)
    SELECT m.id, m.kind, m."accountId", m."challengeId", m.link_type, m.link_row_id, m."notMeId",
      m.recipient, m.locale, m."timeZone", m.facts, m.next_try_at, m."usefulUntil", ${now}
    FROM owner, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS m(id uuid, kind text,
      "accountId" uuid, "challengeId" uuid, link_type text, link_row_id uuid, "notMeId" uuid,
      recipient text, locale text, "timeZone" text, facts jsonb, next_try_at timestamptz,
      "usefulUntil" timestamptz)
    RETURNING ${sendMailJobSql(Prisma.sql`mail.id`, waits)})`;
}

/** The same for mails about one thing, whose ids nobody needs. */
export const newMailsPart = (mails: NewMail[]): Part =>
  mailsPart(mails.map((mail) => ({ ...mail, id: randomUUID() })));

/**
 * Stores a mail and the job that sends it, in the caller's transaction. A code sent again is another
 * mail of the same challenge.
 *
 * @returns the mail's id
 */
export async function enqueueMail(database: Database, mail: NewMail): Promise<string> {
  const id = randomUUID();
  await writeTogether(database, [ownerPart(null), mailsPart([{ ...mail, id }])]);
  return id;
}
