import { Prisma } from "@/lib/generated/prisma/client";
import { readChangeSource } from "@/lib/mail/rules/change-source";
import { readFailureReason } from "@/lib/mail/rules/failure-reason";
import { isReachedState, type MailOnItsWay } from "@/lib/mail/rules/mail-state";

type JsonChange = {
  state: string;
  at: string;
  notedAt: string;
  source: string;
  reason: string | null;
};

/** A mail on its way, as JSON of the database has it. */
export type JsonMail = Omit<MailOnItsWay, "createdAt" | "sentAt" | "changes"> & {
  createdAt: string;
  sentAt: string | null;
  changes: JsonChange[];
};

/**
 * SQL of the mail before a sign-up's mail `m` at its address, where that was not sent and stands for one
 * (lib/mail/nobodys-mail.ts): it goes the way of that one, which may still be on its way.
 */
export const mailBeforeSql = Prisma.sql`
  SELECT f.id, f.sent_at, f.channel, f.provider_id
  FROM challenge stood JOIN mail f ON f.account_id = stood.account_id
  WHERE m.kind = 'already-have-account' AND m.account_id IS NULL AND m.state = 'sent'
    AND stood.id = m.challenge_id AND f.recipient = m.recipient AND f.state = 'sent'
    AND f.sent_at <= m.sent_at
  ORDER BY f.sent_at DESC LIMIT 1`;

// With the same distances in time, but for a fifth more or less: no two mails take equally long. The last six
// digits of the id, which nobody sees, say how much.
const distance = Prisma.sql`(0.8 + 0.4 * ('x' || right(m.id::text, 6))::bit(24)::int / 16777216.0)`;
const asLate = (moment: Prisma.Sql) =>
  Prisma.sql`m.sent_at + (${moment} - former.sent_at) * ${distance}`;

/** SQL of the changes of the mail before `m`, as they are those of `m`; what it is known by itself goes before. */
export const changesOfMailBeforeSql = Prisma.sql`
  SELECT h.state, ${asLate(Prisma.sql`h.at`)} AS at, ${asLate(Prisma.sql`h.noted_at`)} AS noted_at,
    h.source, h.reason
  FROM (${mailBeforeSql}) former JOIN mail_change h ON h.mail_id = former.id AND h.source <> 'hand-over'
  WHERE NOT EXISTS (SELECT FROM mail_change own WHERE own.mail_id = m.id AND own.state = h.state)`;

/** SQL of a mail on its way as one JSON value, from a relation called `m`. */
export const mailOnItsWaySql = Prisma.sql`jsonb_build_object('state', m.state, 'attempts', m.attempts,
  'createdAt', m.created_at, 'sentAt', m.sent_at,
  'changes', (SELECT coalesce(jsonb_agg(jsonb_build_object('state', h.state, 'at', h.at,
      'notedAt', h.noted_at, 'source', h.source, 'reason', h.reason)), '[]')
    FROM (SELECT state, at, noted_at, source, reason FROM mail_change WHERE mail_id = m.id
      UNION ALL ${changesOfMailBeforeSql}) h))`;

/** A mail on its way of its JSON; a state that another version noted is passed over. */
export function mailOnItsWayOf({ createdAt, sentAt, changes, ...mail }: JsonMail): MailOnItsWay {
  return {
    ...mail,
    createdAt: new Date(createdAt),
    sentAt: sentAt === null ? null : new Date(sentAt),
    changes: changes.flatMap(({ state, at, notedAt, source, reason }) =>
      isReachedState(state)
        ? [
            {
              ...{ state, at: new Date(at), notedAt: new Date(notedAt) },
              ...{ source: readChangeSource(source), reason: readFailureReason(reason) },
            },
          ]
        : [],
    ),
  };
}
