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

/** Of the database's notifications that a mail was enqueued, which whoever sends mail listens to. */
export const MAIL_CHANNEL = "portaria_mail";

/**
 * The part of a statement (lib/db/together.ts) that stores mails, and notifies whoever sends them once it
 * commits.
 *
 * @param mails each with the id that it is to have
 * @throws when a mail has not the link that its kind carries
 */
export function mailsPart(mails: (NewMail & { id: string })[]): Part {
  const now = readClock();
  const rows = mails.map(({ link = null, facts, notBefore, ...mail }) => {
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
  // A notification is delivered once the caller's transaction commits, of many in it one.
  // Due at once by the database's clock too, which says what is due, where that of this process is ahead.
  return Prisma.sql`mails AS (
    INSERT INTO mail (id, kind, account_id, challenge_id, link_type, link_row_id, not_me_id,
      recipient, locale, time_zone, facts, next_try_at, useful_until, created_at)
    SELECT m.id, m.kind, m."accountId", m."challengeId", m.link_type, m.link_row_id, m."notMeId",
      m.recipient, m.locale, m."timeZone", m.facts,
      coalesce(m.next_try_at, least(${now}::timestamptz, now())), m."usefulUntil", ${now}
    FROM owner, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS m(id uuid, kind text,
      "accountId" uuid, "challengeId" uuid, link_type text, link_row_id uuid, "notMeId" uuid,
      recipient text, locale text, "timeZone" text, facts jsonb, next_try_at timestamptz,
      "usefulUntil" timestamptz)
    RETURNING pg_notify(${MAIL_CHANNEL}, ''))`;
}

/** The same for mails about one thing, whose ids nobody needs. */
export const newMailsPart = (mails: NewMail[]): Part =>
  mailsPart(mails.map((mail) => ({ ...mail, id: randomUUID() })));

/**
 * Stores a mail and notifies whoever sends it, in the caller's transaction. A code sent again is another
 * mail of the same challenge.
 *
 * @returns the mail's id
 */
export async function enqueueMail(database: Database, mail: NewMail): Promise<string> {
  const id = randomUUID();
  await writeTogether(database, [ownerPart(null), mailsPart([{ ...mail, id }])]);
  return id;
}
