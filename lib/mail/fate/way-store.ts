import { Prisma } from "@/lib/generated/prisma/client";
import { readFailureReason } from "@/lib/mail/rules/failure-reason";
import { isReachedState, type MailOnItsWay } from "@/lib/mail/rules/mail-state";

/** A mail on its way, as JSON of the database has it. */
export type JsonMail = Omit<MailOnItsWay, "createdAt" | "sentAt" | "changes"> & {
  createdAt: string;
  sentAt: string | null;
  changes: { state: string; at: string; reason: string | null }[];
};

/** SQL of a mail on its way as one JSON value, from a relation called `m`. */
export const mailOnItsWaySql = Prisma.sql`jsonb_build_object('state', m.state, 'attempts', m.attempts,
  'createdAt', m.created_at, 'sentAt', m.sent_at,
  'changes', (SELECT coalesce(jsonb_agg(jsonb_build_object('state', c.state, 'at', c.at, 'reason', c.reason)),
    '[]') FROM mail_change c WHERE c.mail_id = m.id))`;

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
