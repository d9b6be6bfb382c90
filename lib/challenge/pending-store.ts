import { hasFactorSql } from "@/lib/account/has-factor";
import { attemptColumns, takeAttempts, type WithAttempts } from "@/lib/challenge/attempts-store";
import type { AttemptRecord } from "@/lib/challenge/rules/code-attempts";
import { MINUTES_TO_EXPLAIN } from "@/lib/challenge/rules/limits";
import {
  type DoorPurpose,
  isPurpose,
  type Purpose,
  purposes,
  type Whose,
} from "@/lib/challenge/rules/purposes";
import { attemptsKeySql, knownBySql, subjectSql } from "@/lib/challenge/subject";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { afterMinutes } from "@/lib/moments";

/** A challenge with what its pages and mails need, and what is on record about it. */
export type Pending = Whose & {
  id: string;
  email: string;
  /** The network the code is for, as a cidr, or "unknown". */
  network: string;
  ip: string | null;
  userAgent: string;
  timeZone: string | null;
  browserId: string;
  secretId: string;
  registration: Prisma.JsonValue;
  sessionId: string | null;
  /** Of a widening: what it asks for. */
  request: Prisma.JsonValue;
  reference: string | null;
  passUntil: Date | null;
  /** Who lets it through: see the schema. */
  passBecause: string | null;
  /** Of a sign-in: what its page shows, to be typed where the customer is in already. */
  letInNumber: number | null;
  /** What is asked for: a mailed code, or a second factor, of which nothing is mailed. */
  asks: "code" | "factor";
  /** Of a factor: what makes the place known, so that wrong answers block the browser there alone. */
  knownBy: string | null;
  locale: string;
  callbackPath: string | null;
  mailsSent: number;
  lastMailAt: Date;
  createdAt: Date;
  expiresAt: Date;
  endedBecause: string | null;
  attempts: AttemptRecord | null;
  /** How often its account was locked so far; null: it has none. */
  accessVersion: number | null;
};

/** One that a browser holds by its cookie. */
export type DoorPending = Extract<Pending, { purpose: DoorPurpose }>;

type Row = Omit<Pending, keyof Whose | "attempts"> &
  WithAttempts & {
    purpose: string;
    accountId: string | null;
    accountLocale: string | null;
    accountZone: string | null;
    role: string | null;
    hasFactor: boolean | null;
  };

const columns = Prisma.sql`c.id, c.purpose, c.account_id AS "accountId", c.email,
  c.place AS network, c.ip, c.user_agent AS "userAgent", c.time_zone AS "timeZone",
  c.browser_id AS "browserId", c.secret_id AS "secretId", c.registration,
  c.session_id AS "sessionId", c.wish AS request, c.reference, c.pass_until AS "passUntil",
  c.pass_because AS "passBecause", c.let_in_number AS "letInNumber", c.asks,
  ${knownBySql} AS "knownBy", c.locale,
  c.callback_path AS "callbackPath", c.mails_sent AS "mailsSent", c.last_mail_at AS "lastMailAt",
  c.created_at AS "createdAt", c.expires_at AS "expiresAt", c.ended_because AS "endedBecause",
  a.locale AS "accountLocale", a.time_zone AS "accountZone", a.role,
  a.access_version AS "accessVersion", ${hasFactorSql} AS "hasFactor", ${attemptColumns}`;

const source = Prisma.sql`challenge c LEFT JOIN account a ON a.id = c.account_id
  LEFT JOIN code_attempts t ON t.subject = ${subjectSql} AND t.place = ${attemptsKeySql}`;

/** Null for a row that no purpose of ours fits. Other columns of the row stay. */
function asPending(row: Row | undefined): Pending | null {
  if (row === undefined) return null;
  const { attempts, rest } = takeAttempts(row);
  const { accountLocale, accountZone, role, hasFactor, purpose, accountId, ...found } = rest;
  if (!isPurpose(purpose)) return null;
  // A mailed code is no way around a factor that was added meanwhile, and a removed one opens nothing.
  const isOutdated =
    purposes[purpose].of === "account" && (found.asks === "factor") !== (hasFactor ?? false);
  const endedBecause = found.endedBecause ?? (isOutdated ? "factor-changed" : null);
  const common = { ...found, endedBecause, attempts };
  const account =
    accountLocale === null || role === null
      ? null
      : { locale: accountLocale, timeZone: accountZone, role };
  switch (purpose) {
    case "sign-in":
    case "widening":
      if (accountId === null || account === null) return null;
      return { ...common, purpose, accountId, account };
    case "sign-up":
      return { ...common, purpose, accountId, account };
    case "new-address":
      return { ...common, purpose, accountId: null, account: null };
  }
}

const isExplained = (now: Date) =>
  Prisma.sql`c.expires_at > ${afterMinutes(now, -MINUTES_TO_EXPLAIN)}::timestamptz`;

/** The cookie of a pending sign-in: which challenge, and the secret that proves the browser. */
export type PendingCookie = { id: string; secretHash: Uint8Array<ArrayBuffer> };

/**
 * The challenge of this browser's cookie as long as it may still be explained, else null; with what
 * else is asked for in the same statement.
 *
 * @param more SQL of columns, each with its name, by the challenge's row `c` and its account's `a`
 */
export async function findPendingWith<More>(
  database: Database,
  cookie: PendingCookie,
  now: Date,
  more: Prisma.Sql,
): Promise<(DoorPending & More) | null> {
  const { id, secretHash } = cookie;
  const rows = await database.$queryRaw<(Row & More)[]>`SELECT ${columns}, ${more} FROM ${source}
    WHERE c.id = ${id}::uuid AND c.secret_hash = ${secretHash} AND ${isExplained(now)}`;
  const pending = asPending(rows[0]);
  return pending !== null && isOfDoor(pending) ? (pending as DoorPending & More) : null;
}

/** The challenge of this browser's cookie, and nothing else. */
export const findPending = (database: Database, cookie: PendingCookie, now: Date) =>
  findPendingWith<{ id: string }>(database, cookie, now, Prisma.sql`c.id`);

const isOfDoor = (pending: Pending): pending is DoorPending =>
  purposes[pending.purpose].heldBy === "cookie";

/** What holds a challenge that no cookie does: only the latest one of each counts. */
export type Holder =
  | { purpose: Extract<Purpose, "widening">; sessionId: string }
  | { purpose: Extract<Purpose, "new-address">; caseId: string };

/** SQL for what is a holder's, by the challenge's row `c`. */
export const heldSql = (holder: Holder) =>
  holder.purpose === "widening"
    ? Prisma.sql`c.purpose = ${holder.purpose} AND c.session_id = ${holder.sessionId}::uuid`
    : Prisma.sql`c.purpose = ${holder.purpose} AND c.case_id = ${holder.caseId}::uuid`;

/** The latest challenge of a holder as long as it may be explained; null: none, or taken back. */
export async function findHeld(
  database: Database,
  holder: Holder,
  now: Date,
): Promise<Pending | null> {
  const rows = await database.$queryRaw<Row[]>`SELECT ${columns} FROM ${source}
    WHERE ${heldSql(holder)} AND ${isExplained(now)}
      AND coalesce(c.ended_because, '') NOT IN ('cancelled', 'superseded')
    ORDER BY c.created_at DESC LIMIT 1`;
  return asPending(rows[0]);
}
