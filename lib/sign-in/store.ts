import { db, notingOutage } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { Client } from "@/lib/sign-in/client";
import type { AttemptRecord } from "@/lib/sign-in/rules/code-attempts";
import { afterHours, TRUSTED_PLACES_PER_ACCOUNT } from "@/lib/sign-in/rules/limits";

/** The database, or a transaction on it. */
export type Database = Prisma.TransactionClient;

/** The database outside any transaction. */
export const database: Database = db;

/** Runs statements that hold together: all of them take effect, or none when `work` throws. */
export function inTransaction<T>(work: (tx: Database) => Promise<T>): Promise<T> {
  return notingOutage(() => db.$transaction(work, { maxWait: 10_000, timeout: 20_000 }));
}

/** Lets one decision about an account (or sign-up address) be taken at a time, until the transaction ends. */
export async function lockSubject(tx: Database, subject: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${subject}, 0))`;
}

/** What is known of an account and a place before a sign-in is judged. */
export type AccountAtPlace = {
  id: string;
  email: string;
  locale: string;
  timeZone: string | null;
  codesSinceRight: number;
  placeTrusted: boolean;
  browserSeenHere: boolean;
  attempts: AttemptRecord | null;
  codesLastHour: Date[];
};

type AccountAtPlaceRow = Omit<AccountAtPlace, "attempts"> & {
  wrong: number | null;
  lastWrongAt: Date | null;
  blockedUntil: Date | null;
  blockReference: string | null;
};

/**
 * Gathers in one statement what a sign-in is judged by. Null: no such account, or its password is no
 * longer the one of `passwordChangedAt`.
 */
export async function findAccountAtPlace(
  database: Database,
  where: {
    accountId: string;
    ip: string | null;
    place: string;
    browserId: string;
    passwordChangedAt: Date | null;
  },
  moment: { now: Date; codesPerHour: number },
): Promise<AccountAtPlace | null> {
  const rows = await database.$queryRaw<AccountAtPlaceRow[]>`
    SELECT a.id, a.email, a.locale, a.time_zone AS "timeZone",
      a.codes_since_right AS "codesSinceRight",
      EXISTS (SELECT 1 FROM trusted_place p
        WHERE p.account_id = a.id AND p.network >>= ${where.ip}::inet) AS "placeTrusted",
      EXISTS (SELECT 1 FROM seen_browser b
        WHERE b.account_id = a.id AND b.browser_id = ${where.browserId}::uuid
          AND b.network >>= ${where.ip}::inet) AS "browserSeenHere",
      ARRAY(SELECT c.created_at FROM challenge c
        WHERE c.account_id = a.id AND c.purpose = 'sign-in'
          AND c.created_at > greatest(${afterHours(moment.now, -1)}::timestamptz, a.password_changed_at)
        ORDER BY c.created_at DESC LIMIT ${moment.codesPerHour}) AS "codesLastHour",
      t.wrong, t.last_wrong_at AS "lastWrongAt", t.blocked_until AS "blockedUntil",
      t.block_reference AS "blockReference"
    FROM account a
    LEFT JOIN code_attempts t ON t.subject = a.id::text AND t.place = ${where.place}
    WHERE a.id = ${where.accountId}::uuid
      AND a.password_changed_at = coalesce(${where.passwordChangedAt}::timestamptz, a.password_changed_at)`;
  const row = rows[0];
  if (row === undefined) return null;
  const { wrong, lastWrongAt, blockedUntil, blockReference, ...account } = row;
  return { ...account, attempts: attemptRecord(wrong, lastWrongAt, blockedUntil, blockReference) };
}

function attemptRecord(
  wrong: number | null,
  lastWrongAt: Date | null,
  blockedUntil: Date | null,
  blockReference: string | null,
): AttemptRecord | null {
  return wrong === null || lastWrongAt === null
    ? null
    : { wrong, lastWrongAt, blockedUntil, blockReference };
}

/** A session as it begins. */
export type NewSession = {
  accountId: string;
  because: "known-place" | "code" | "sign-up" | "not-asked";
  verdict: string;
  judgedBecause: string;
  client: Client;
  browserId: string;
  now: Date;
  /** The password that was proven is the one set then; null: a code was proven, under the lock. */
  passwordChangedAt: Date | null;
  ticket?: { hash: Uint8Array<ArrayBuffer>; expiresAt: Date };
};

/**
 * Begins a session, notes the visit at its place and browser, and writes history: one statement.
 *
 * @returns null when the password was changed since it was proven; FOR SHARE waits for a change under
 *   way, which then finds this session and ends it, or is seen here
 */
export async function beginSession(
  database: Database,
  session: NewSession,
): Promise<string | null> {
  const { accountId, client, browserId, now } = session;
  const knowsBrowser = session.because !== "not-asked";
  const rows = await database.$queryRaw<{ id: string }[]>`
    WITH owner AS (
      SELECT id FROM account WHERE id = ${accountId}::uuid
        AND password_changed_at = coalesce(${session.passwordChangedAt}::timestamptz, password_changed_at)
      FOR SHARE
    ), place AS (
      UPDATE trusted_place SET last_used_at = ${now}
      WHERE account_id = (SELECT id FROM owner) AND network >>= ${client.ip}::inet
    ), browser AS (
      INSERT INTO seen_browser (account_id, browser_id, network, first_seen_at, last_seen_at)
      SELECT id, ${browserId}::uuid, ${client.network}::inet, ${now}, ${now} FROM owner
      WHERE ${client.network}::inet IS NOT NULL AND ${knowsBrowser}
      ON CONFLICT (account_id, browser_id, network) DO UPDATE SET last_seen_at = excluded.last_seen_at
    ), history AS (
      INSERT INTO sign_in_judgement (account_id, verdict, because, ip, country_code, user_agent, at)
      SELECT id, ${session.verdict}, ${session.judgedBecause}, ${client.ip},
        ${client.countryCode}, ${client.userAgent}, ${now} FROM owner
    )
    INSERT INTO session (account_id, because, ip, user_agent, browser_id, ticket_hash,
      ticket_expires_at, created_at, last_seen_at)
    SELECT id, ${session.because}, ${client.ip}, ${client.userAgent},
      ${browserId}::uuid, ${session.ticket?.hash ?? null}::bytea,
      ${session.ticket?.expiresAt ?? null}::timestamptz, ${now}, ${now} FROM owner
    RETURNING id`;
  return rows[0]?.id ?? null;
}

/** Writes a judged sign-in or code that did not begin a session. */
export async function recordJudgement(
  database: Database,
  judgement: { accountId: string; verdict: string; because: string; client: Client; now: Date },
): Promise<void> {
  const { accountId, verdict, because, client, now } = judgement;
  await database.signInJudgement.create({
    data: {
      accountId,
      verdict,
      because,
      ip: client.ip,
      countryCode: client.countryCode,
      userAgent: client.userAgent,
      at: now,
    },
  });
}

/** A right code of a sign-in ends the run of codes without one. */
export async function resetCodesSinceRight(tx: Database, accountId: string): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { codesSinceRight: 0 } });
}

/** Rule 3: trusts a network for ever; beyond 100 the least recently used makes room. */
export async function trustPlace(
  tx: Database,
  place: { accountId: string; network: string; because: "sign-up" | "code"; now: Date },
): Promise<void> {
  const { accountId, network, because, now } = place;
  await tx.$executeRaw`
    INSERT INTO trusted_place (account_id, network, because, created_at, last_used_at)
    VALUES (${accountId}::uuid, ${network}::inet, ${because}, ${now}, ${now})
    ON CONFLICT (account_id, network) DO UPDATE SET last_used_at = excluded.last_used_at`;
  await tx.$executeRaw`
    DELETE FROM trusted_place WHERE id IN (
      SELECT id FROM trusted_place WHERE account_id = ${accountId}::uuid
      ORDER BY last_used_at DESC, created_at DESC, (network = ${network}::inet) DESC
      OFFSET ${TRUSTED_PLACES_PER_ACCOUNT})`;
}

/** Notes that a once-a-day mail goes now; false when one went within a day. */
export async function claimDailyMail(
  tx: Database,
  accountId: string,
  which: "warnedAt" | "toldOfSignUpAt",
  hours: number,
  now: Date,
): Promise<boolean> {
  const claimed = await tx.account.updateMany({
    where: {
      id: accountId,
      OR: [{ [which]: null }, { [which]: { lte: afterHours(now, -hours) } }],
    },
    data: { [which]: now },
  });
  return claimed.count === 1;
}

/** Who a password is checked against, and whether place and browser are known to that account. */
export async function findPasswordOwner(
  database: Database,
  where: { email: string; ip: string | null; browserId: string },
) {
  const rows = await database.$queryRaw<
    {
      id: string;
      passwordHash: string | null;
      passwordChangedAt: Date;
      placeTrusted: boolean;
      browserKnown: boolean;
    }[]
  >`
    SELECT a.id, a.password_hash AS "passwordHash", a.password_changed_at AS "passwordChangedAt",
      EXISTS (SELECT 1 FROM trusted_place p
        WHERE p.account_id = a.id AND p.network >>= ${where.ip}::inet) AS "placeTrusted",
      EXISTS (SELECT 1 FROM seen_browser b
        WHERE b.account_id = a.id AND b.browser_id = ${where.browserId}::uuid) AS "browserKnown"
    FROM account a WHERE a.email = ${where.email}`;
  return rows[0] ?? null;
}
