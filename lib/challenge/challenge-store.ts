import { type Holder, heldSql, type PendingCookie } from "@/lib/challenge/pending-store";
import { LET_IN_NUMBERS } from "@/lib/challenge/rules/limits";
import { type Counted, isOfAccount, type Whose } from "@/lib/challenge/rules/purposes";
import { type AskedWhere, attemptsKeyOf, attemptsKeySql } from "@/lib/challenge/subject";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { ownerPart, type Part, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";

/** What a challenge keeps for those who carry on once its code is right; they alone read it. */
export type Payload = Prisma.InputJsonObject;

/** A challenge as it is made, whatever its purpose. */
export type NewChallenge = {
  id: string;
  whose: Whose;
  email: string;
  locale: string;
  client: Client;
  browserId: string;
  secretHash: Uint8Array<ArrayBuffer>;
  secretId: string;
  now: Date;
  expiresAt: Date;
  /** What only some purposes have. */
  more: {
    registration?: Payload | null;
    sessionId?: string;
    request?: Payload;
    caseId?: string;
    /** What is read out to support. */
    reference?: string;
    callbackPath?: string | null;
    /** A second factor instead of a mailed code; what makes the place known, null: nothing. */
    factor?: { knownBy: string | null };
  };
};

/** What changes in the row of an account that is mailed one code more. */
export const oneCodeMore = Prisma.sql`codes_since_right = codes_since_right + 1`;

/**
 * SQL for a number that no other open sign-in of an account shows; null when all are taken. The statement
 * holds the account's row (`judgedOwnerPart`), so two at the same moment do not get the same one.
 */
const freeNumberSql = (accountId: string, now: Date) => Prisma.sql`(
  SELECT number FROM generate_series(${LET_IN_NUMBERS.first}::int, ${LET_IN_NUMBERS.last}::int) number
  WHERE NOT EXISTS (SELECT FROM challenge o
    WHERE o.account_id = ${accountId}::uuid AND o.let_in_number = number AND ${isOpenSql("o", now)})
  ORDER BY gen_random_uuid() LIMIT 1)`;

/** SQL for whether a sign-in waits, or may go on without its code, by the name of its row. */
export const isOpenSql = (row: "c" | "o", now: Date) => {
  const column = (name: string) => Prisma.raw(`${row}.${name}`);
  return Prisma.sql`(${column("purpose")} = 'sign-in' AND ${column("ended_at")} IS NULL
    AND (${column("expires_at")} > ${now}::timestamptz OR ${column("pass_until")} > ${now}::timestamptz))`;
};

/** The part of a statement that stores a challenge whose first mail goes now. */
export function challengePart(made: NewChallenge): Part {
  const { id, whose, client, now } = made;
  const { registration = null, request, sessionId, caseId, reference, callbackPath } = made.more;
  const number =
    whose.purpose === "sign-in" ? freeNumberSql(whose.accountId, now) : Prisma.sql`NULL`;
  const { factor } = made.more;
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  return Prisma.sql`asked AS (
    INSERT INTO challenge (id, purpose, account_id, email, place, ip, user_agent, time_zone,
      browser_id, secret_hash, secret_id, registration, session_id, wish, case_id, reference,
      let_in_number, locale, callback_path, asks, place_known, known_by, mails_sent, last_mail_at, created_at,
      expires_at)
    SELECT ${id}::uuid, ${whose.purpose}, ${whose.accountId}::uuid, ${made.email},
      ${networkKeyOf(client)}, ${client.ip}, ${client.userAgent}, ${client.timeZone},
      ${made.browserId}::uuid, ${made.secretHash}::bytea, ${made.secretId},
      ${json(registration)}::jsonb, ${sessionId ?? null}::uuid, ${json(request)}::jsonb,
      ${caseId ?? null}::uuid, ${reference ?? null}, ${number}::int, ${made.locale},
      ${callbackPath ?? null}, ${factor === undefined ? "code" : "factor"},
      ${(factor?.knownBy ?? null) !== null}, ${factor?.knownBy ?? null},
      ${factor === undefined ? 1 : 0}::int,
      ${now}::timestamptz, ${now}::timestamptz,
      ${made.expiresAt}::timestamptz FROM owner)`;
}

/** How a challenge ends; what a sign-up has kept until then goes. */
const ended = (because: string, now: Date) => Prisma.sql`ended_at = ${now}::timestamptz,
  ended_because = ${because}, registration = 'null'::jsonb`;

/** Ends what a holder has asked for before; true when a challenge was open. */
export async function endHeld(
  tx: Database,
  holder: Holder,
  because: "superseded" | "cancelled",
  now: Date,
): Promise<boolean> {
  const count = await tx.$executeRaw`UPDATE challenge c SET ${ended(because, now)}
    WHERE ${heldSql(holder)} AND c.ended_at IS NULL`;
  return count > 0;
}

/**
 * Parts of a statement that use an open challenge up, and have an owner only if it was open.
 *
 * @param locked SQL that selects the `id` of its account under a lock, or null where it has none
 * @param owner SQL for the owner's `id` by a row of `used`
 */
export const usedParts = (id: string, locked: Prisma.Sql, owner: Prisma.Sql, now: Date): Part[] => [
  // The lock first: whoever locks in another order would wait for this one, and this for them.
  Prisma.sql`locked AS (${locked})`,
  Prisma.sql`used AS (
    UPDATE challenge c SET ${ended("used", now)} FROM locked
    WHERE c.id = ${id}::uuid AND c.ended_at IS NULL RETURNING c.id)`,
  Prisma.sql`owner AS (${owner})`,
];

const nobody = Prisma.sql`SELECT NULL::uuid AS id`;

/** Uses an open challenge up; false when it had ended before. */
export const consumeChallenge = (tx: Database, id: string, now: Date): Promise<boolean> =>
  writeTogether(tx, usedParts(id, nobody, Prisma.sql`${nobody} FROM used`, now));

/** The part of a statement that ends this browser's pending sign-in before another one. */
export function supersededPart(cookie: PendingCookie, now: Date): Part {
  return Prisma.sql`superseded AS (
    UPDATE challenge c SET ${ended("superseded", now)} FROM owner
    WHERE c.id = ${cookie.id}::uuid AND c.secret_hash = ${cookie.secretHash}::bytea
      AND c.ended_at IS NULL RETURNING c.id)`;
}

/** Signing in again ends this browser's pending sign-in before it; true when one was open. */
export async function supersedePending(
  tx: Database,
  cookie: PendingCookie | null,
  now: Date,
): Promise<boolean> {
  if (cookie === null) return false;
  const rows = await tx.$queryRaw<unknown[]>`
    WITH ${ownerPart(null)}, ${supersededPart(cookie, now)} SELECT id FROM superseded`;
  return rows.length === 1;
}

/**
 * The part of a statement that ends all open challenges a block touches: of one purpose and subject, whose
 * wrong answers count where those did that led to it.
 */
export function endBlockedPart(blocked: Counted & AskedWhere, now: Date): Part {
  const { purpose } = blocked;
  const whose = isOfAccount(blocked)
    ? Prisma.sql`c.account_id = ${blocked.accountId}::uuid`
    : Prisma.sql`c.email = ${blocked.email}`;
  return Prisma.sql`blocked AS (
    UPDATE challenge c SET ${ended("blocked", now)} FROM owner
    WHERE ${whose} AND c.purpose = ${purpose} AND ${attemptsKeySql} = ${attemptsKeyOf(blocked)}
      AND c.ended_at IS NULL)`;
}

/** What changes in the row of an account whose code was right: its run of codes without one ends. */
export const noCodeSinceRight = Prisma.sql`codes_since_right = 0`;

/** Claims one more mail of an open challenge; false when another request was first. */
export async function claimResend(
  tx: Database,
  challenge: { id: string; mailsSent: number; lastMailAt: Date },
  now: Date,
): Promise<boolean> {
  const { id, mailsSent, lastMailAt } = challenge;
  const claimed = await tx.$executeRaw`
    UPDATE challenge SET mails_sent = mails_sent + 1, last_mail_at = ${now}::timestamptz
    WHERE id = ${id}::uuid AND ended_at IS NULL AND expires_at > ${now}::timestamptz
      AND mails_sent = ${mailsSent} AND last_mail_at = ${lastMailAt}::timestamptz`;
  return claimed === 1;
}
