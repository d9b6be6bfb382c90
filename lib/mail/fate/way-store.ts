import { Prisma } from "@/lib/generated/prisma/client";
import { readFailureReason } from "@/lib/mail/rules/failure-reason";
import { isReachedState, type MailOnItsWay } from "@/lib/mail/rules/mail-state";

/** A mail on its way, as JSON of the database has it. */
export type JsonMail = Omit<MailOnItsWay, "createdAt" | "sentAt" | "changes"> & {
  createdAt: string;
  sentAt: string | null;
  changes: { state: string; at: string; reason: string | null }[];
};

// A sign-up's mail that stands for one that was not sent (lib/mail/nobodys-mail.ts) goes the way of the one
// before it at its address, with the same distances in time: that one may still be on its way.
const changesOfMailBeforeSql = Prisma.sql`
  SELECT h.state, h.at + (m.sent_at - former.sent_at) AS at, h.reason FROM (
    SELECT f.id, f.sent_at FROM challenge stood JOIN mail f ON f.account_id = stood.account_id
    WHERE stood.id = m.challenge_id AND f.recipient = m.recipient AND f.state = 'sent'
      AND f.sent_at <= m.sent_at
    ORDER BY f.sent_at DESC LIMIT 1) former
  JOIN mail_change h ON h.mail_id = former.id AND h.source <> 'hand-over'
  WHERE m.kind = 'already-have-account' AND m.account_id IS NULL AND m.state = 'sent'`;

/** SQL of a mail on its way as one JSON value, from a relation called `m`. */
export const mailOnItsWaySql = Prisma.sql`jsonb_build_object('state', m.state, 'attempts', m.attempts,
  'createdAt', m.created_at, 'sentAt', m.sent_at,
  'changes', (SELECT coalesce(jsonb_agg(jsonb_build_object('state', h.state, 'at', h.at, 'reason', h.reason)),
    '[]') FROM (SELECT state, at, reason FROM mail_change WHERE mail_id = m.id
      UNION ALL ${changesOfMailBeforeSql}) h))`;

/** A mail on its way of its JSON; a state that another version noted is passed over. */
export function mailOnItsWayOf({ createdAt, sentAt, changes, ...mail }: JsonMail): MailOnItsWay {
  return {
    ...mail,
    createdAt: new Date(createdAt),
    sentAt: sentAt === null ? null : new Date(sentAt),
    changes: changes.flatMap(({ state, at, reason }) =>
      isReachedState(state) ? [{ state, at: new Date(at), reason: readFailureReason(reason) }] : [],
    ),
  };
}
