import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/generated/prisma/client";
import { type MarkCause, readMarkCause } from "@/lib/mail/rules/mark-cause";
import type { LinkPurpose } from "@/lib/secrets/link-token";

/** The row that a link opens, as far as its mail is concerned. */
export type LinkRow = {
  id: string;
  /** Which of the AUTH_SECRETs its token comes from. */
  secretId: string;
  hasEnded: boolean;
  /** Whether it was asked for with an address that has no account, so that it opens nothing. */
  isNobodys: boolean;
};

/** A mail that waits to be sent, with the challenge and the links that it carries. */
export type QueuedMail = {
  id: string;
  kind: string;
  accountId: string | null;
  challengeId: string | null;
  linkType: string | null;
  recipient: string;
  locale: string;
  timeZone: string | null;
  facts: unknown;
  attempts: number;
  usefulUntil: Date;
  lastError: string | null;
  createdAt: Date;
  /** The newest version of any text when it was first taken; null: it was not taken yet. */
  edition: number | null;
  /** The account's name then. */
  ownerName: string | null;
  challenge: {
    id: string;
    secretId: string;
    endedAt: Date | null;
    accountId: string | null;
  } | null;
  link: LinkRow | null;
  notMe: LinkRow | null;
  /** Ways out that may have it already, the first first. */
  unsureChannels: string[];
  /** Why nothing is sent to its recipient; null: mail is. */
  marked: MarkCause | null;
};

/** A queued mail as the database returns it. */
export type QueuedMailRow = Omit<QueuedMail, "challenge" | "link" | "notMe" | "marked"> & {
  markedBecause: string | null;
  codeSecretId: string | null;
  codeEndedAt: Date | null;
  codeAccountId: string | null;
  linkRowId: string;
  linkSecretId: string | null;
  linkHasEnded: boolean;
  linkIsNobodys: boolean;
  notMeId: string;
  notMeSecretId: string | null;
  notMeHasEnded: boolean;
};

/** The columns of `mail` that a queued mail is made of, from a relation called `m`, but for what is pinned. */
export const mailColumns = Prisma.sql`m.id, m.kind, m.account_id, m.challenge_id, m.link_type, m.link_row_id,
  m.not_me_id, m.recipient, m.locale, m.time_zone, m.facts, m.attempts, m.useful_until, m.last_error, m.created_at,
  m.unsure_channels`;

/** What is selected of a queued mail called `m`, by the joins of `carriedSql`. */
export const queuedMailSql = Prisma.sql`m.id, m.kind, m.account_id AS "accountId", m.challenge_id AS "challengeId",
  m.link_type AS "linkType", m.recipient, m.locale, m.time_zone AS "timeZone", m.facts, m.attempts,
  m.useful_until AS "usefulUntil", m.last_error AS "lastError", m.created_at AS "createdAt",
  code.secret_id AS "codeSecretId", code.ended_at AS "codeEndedAt", code.account_id AS "codeAccountId",
  m.edition::float8 AS edition, m.owner_name AS "ownerName", m.unsure_channels AS "unsureChannels",
  m.link_row_id AS "linkRowId", link.secret_id AS "linkSecretId", link.has_ended AS "linkHasEnded",
  link.is_nobodys AS "linkIsNobodys", mark.because AS "markedBecause",
  m.not_me_id AS "notMeId", not_me.secret_id AS "notMeSecretId", not_me.ended_at IS NOT NULL AS "notMeHasEnded"`;

type OwnLink = Exclude<LinkPurpose, "not-me">;

const accountLinks: OwnLink[] = [
  "confirm-address",
  "confirm-old-email",
  "confirm-new-email",
  "object-case",
];
const [reset, case_, invitation]: OwnLink[] = ["password reset", "case", "staff-invitation"];

/**
 * SQL that joins a mail called `m` with what it carries. Of the tables that links are in, only the one
 * of its own type is looked into; a type of another version is in none.
 */
export const carriedSql = Prisma.sql`
  LEFT JOIN challenge code ON code.id = m.challenge_id
  LEFT JOIN LATERAL (
    SELECT secret_id, ended_at IS NOT NULL AS has_ended, account_id IS NULL AS is_nobodys
    FROM password_reset WHERE m.link_type = ${reset} AND id = m.link_row_id
    UNION ALL
    -- Its status can be looked at as long as it is there.
    SELECT secret_id, false, false
    FROM recovery_case WHERE m.link_type = ${case_} AND id = m.link_row_id
    UNION ALL
    SELECT secret_id, ended_at IS NOT NULL, false
    FROM staff_invitation WHERE m.link_type = ${invitation} AND id = m.link_row_id
    UNION ALL
    SELECT secret_id, ended_at IS NOT NULL, false
    FROM account_link WHERE m.link_type = ANY(${accountLinks}::text[]) AND id = m.link_row_id
  ) link ON true
  LEFT JOIN account_link not_me ON not_me.id = m.not_me_id
  LEFT JOIN marked_address mark ON mark.address = lower(m.recipient) AND mark.lifted_at IS NULL`;

/** A queued mail of its row. */
export function queuedMailOf(row: QueuedMailRow): QueuedMail {
  const { id, kind, accountId, challengeId, linkType, recipient, locale, timeZone } = row;
  const { facts, attempts, usefulUntil, lastError, createdAt, edition, ownerName } = row;
  const { unsureChannels } = row;
  return {
    ...{ id, kind, accountId, challengeId, linkType, recipient, locale, timeZone },
    ...{ facts, attempts, usefulUntil, lastError, createdAt, edition, ownerName, unsureChannels },
    challenge:
      challengeId === null || row.codeSecretId === null
        ? null
        : {
            id: challengeId,
            secretId: row.codeSecretId,
            endedAt: row.codeEndedAt,
            accountId: row.codeAccountId,
          },
    link:
      row.linkSecretId === null
        ? null
        : {
            id: row.linkRowId,
            secretId: row.linkSecretId,
            hasEnded: row.linkHasEnded,
            isNobodys: row.linkIsNobodys,
          },
    notMe:
      row.notMeSecretId === null
        ? null
        : {
            id: row.notMeId,
            secretId: row.notMeSecretId,
            hasEnded: row.notMeHasEnded,
            isNobodys: false,
          },
    marked: row.markedBecause === null ? null : readMarkCause(row.markedBecause),
  };
}

/** A mail as long as it is queued, else null. */
export async function findQueuedMail(mailId: string): Promise<QueuedMail | null> {
  const [row] = await db.$queryRaw<QueuedMailRow[]>`
    SELECT ${queuedMailSql} FROM mail m ${carriedSql}
    WHERE m.id = ${mailId}::uuid AND m.state = 'queued'`;
  return row === undefined ? null : queuedMailOf(row);
}
