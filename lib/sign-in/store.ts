import type { Client } from "@/lib/client/client";
import { db, notingOutage } from "@/lib/db/client";
import { lockFault, lockKind } from "@/lib/db/rules/lock-order";
import type { Prisma } from "@/lib/generated/prisma/client";
import { afterHours } from "@/lib/moments";
import { SESSIONS_PER_ACCOUNT } from "@/lib/secrets/limits";
import { TRUSTED_PLACES_PER_ACCOUNT } from "@/lib/sign-in/rules/limits";

/** The database, or a transaction on it. */
export type Database = Prisma.TransactionClient;

/** The database outside any transaction. */
export const database: Database = db;

/** Runs statements that hold together: all of them take effect, or none when `work` throws. */
export function inTransaction<T>(work: (tx: Database) => Promise<T>): Promise<T> {
  return notingOutage(() => db.$transaction(work, { maxWait: 10_000, timeout: 20_000 }));
}

// What each transaction holds, in the order it was taken; a lock goes with its transaction.
const held = new WeakMap<Database, string[]>();

/**
 * Lets one decision about a subject be taken at a time, until the transaction ends. The subject that is
 * an account's id locks that account: see `lockAccounts`.
 *
 * @throws when it is out of the order of locks (`rules/lock-order.ts`): that would be a deadlock to come
 */
export async function lockSubject(tx: Database, subject: string): Promise<void> {
  if (lockKind(subject) === "account") return lockAccounts(tx, [subject]);
  const subjects = held.get(tx) ?? [];
  if (subjects.includes(subject)) return;
  const fault = lockFault(subjects, subject);
  if (fault !== null) throw new Error(fault);
  held.set(tx, [...subjects, subject]);
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${subject}, 0))`;
}

/**
 * Locks accounts, all that a transaction needs at once, and counts up what their sign-ins are judged
 * by. Whoever takes access away does so after this: a sign-in at the same moment has begun its session
 * before, and that session is found and ended, or it sees the count and is judged again.
 */
export async function lockAccounts(tx: Database, ids: string[]): Promise<void> {
  const wanted = [...new Set(ids)].sort();
  const subjects = held.get(tx) ?? [];
  if (wanted.every((id) => subjects.includes(id))) return;
  const fault = wanted.map((id) => lockFault(subjects, id)).find((one) => one !== null);
  if (fault !== undefined) throw new Error(fault);
  held.set(tx, [...subjects, ...wanted]);
  for (const id of wanted) {
    await tx.$executeRaw`
      UPDATE account SET access_version = access_version + 1 WHERE id = ${id}::uuid`;
  }
}

/** A session as it begins. */
export type NewSession = {
  accountId: string;
  because: "known-place" | "known-browser" | "code" | "sign-up" | "hotline" | "not-asked";
  verdict: string;
  judgedBecause: string;
  /** Of a right code: seconds from its first mail until it was typed. */
  codeSeconds?: number;
  client: Client;
  browserId: string;
  now: Date;
  /**
   * The account as it was judged, by the count of its locks: whatever was changed since under its lock
   * (place, role, password) wants another verdict. Null: it is judged and begun under that lock.
   */
  accessVersion: number | null;
};

/**
 * Begins a session, notes the visit at its place and browser, and writes history: one statement. A
 * browser is only noted where the place is trusted: elsewhere nobody is told of new ones. Beyond 20
 * sessions the least recently seen ends; sign-ins at the same moment are the caller's to keep apart.
 *
 * @returns null when the account was locked since it was judged. FOR SHARE waits for a change under way
 *   and reads its count; a change that comes later waits for this, finds the session and can end it
 */
export async function beginSession(
  database: Database,
  session: NewSession,
): Promise<string | null> {
  const { accountId, client, browserId, now } = session;
  const knowsBrowser = session.because !== "not-asked";
  const codeProvenAt = session.because === "code" || session.because === "sign-up" ? now : null;
  const rows = await database.$queryRaw<{ id: string }[]>`
    WITH owner AS (
      SELECT id FROM account WHERE id = ${accountId}::uuid
        AND access_version = coalesce(${session.accessVersion}::int, access_version)
      FOR SHARE
    ), place AS (
      UPDATE trusted_place SET last_used_at = ${now}
      WHERE account_id = (SELECT id FROM owner) AND network >>= ${client.ip}::inet
    ), browser AS (
      INSERT INTO seen_browser (account_id, browser_id, network, first_seen_at, last_seen_at)
      SELECT id, ${browserId}::uuid, ${client.network}::inet, ${now}, ${now} FROM owner
      WHERE ${client.network}::inet IS NOT NULL AND ${knowsBrowser} AND EXISTS (
        SELECT 1 FROM trusted_place p
        WHERE p.account_id = owner.id AND p.network >>= ${client.ip}::inet)
      ON CONFLICT (account_id, browser_id, network) DO UPDATE SET last_seen_at = excluded.last_seen_at
    ), history AS (
      INSERT INTO sign_in_judgement (account_id, verdict, because, code_seconds, ip, country_code,
        user_agent, at)
      SELECT id, ${session.verdict}, ${session.judgedBecause}, ${session.codeSeconds ?? null}::int, ${client.ip},
        ${client.countryCode}, ${client.userAgent}, ${now} FROM owner
    ), room AS (
      UPDATE session SET ended_at = ${now} WHERE id IN (
        SELECT id FROM session WHERE account_id = (SELECT id FROM owner) AND ended_at IS NULL
        ORDER BY last_seen_at DESC, created_at DESC OFFSET ${SESSIONS_PER_ACCOUNT - 1})
    )
    INSERT INTO session (account_id, because, code_proven_at, ip, user_agent, browser_id, created_at,
      last_seen_at)
    SELECT id, ${session.because}, ${codeProvenAt}::timestamptz, ${client.ip}, ${client.userAgent},
      ${browserId}::uuid, ${now}, ${now} FROM owner
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

/** Rule 3: trusts a network for ever; beyond 100 the least recently used makes room. */
export async function trustPlace(
  tx: Database,
  place: {
    accountId: string;
    network: string;
    because: "sign-up" | "code" | "by-hand";
    name?: string | null;
    now: Date;
  },
): Promise<void> {
  const { accountId, network, because, name = null, now } = place;
  await tx.$executeRaw`
    INSERT INTO trusted_place (account_id, network, because, name, created_at, last_used_at)
    VALUES (${accountId}::uuid, ${network}::inet, ${because}, ${name}, ${now}, ${now})
    ON CONFLICT (account_id, network) DO UPDATE SET last_used_at = excluded.last_used_at`;
  await tx.$executeRaw`
    DELETE FROM trusted_place WHERE id IN (
      SELECT id FROM trusted_place WHERE account_id = ${accountId}::uuid
      ORDER BY last_used_at DESC, created_at DESC, (network = ${network}::inet) DESC
      OFFSET ${TRUSTED_PLACES_PER_ACCOUNT})`;
}

/** Notes that a once-a-day mail goes now, under the account's lock; false when one went within a day. */
export async function claimDailyMail(
  tx: Database,
  accountId: string,
  which: "warnedAt" | "toldOfSignUpAt",
  hours: number,
  now: Date,
): Promise<boolean> {
  await lockSubject(tx, accountId);
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
  where: { email: string; ip: string | null; browserId: string; now: Date },
) {
  const rows = await database.$queryRaw<
    {
      id: string;
      passwordHash: string | null;
      passwordChangedAt: Date;
      passwordOff: boolean;
      placeTrusted: boolean;
      browserKnown: boolean;
    }[]
  >`
    SELECT a.id, a.password_hash AS "passwordHash", a.password_changed_at AS "passwordChangedAt",
      a.password_off_at IS NOT NULL AS "passwordOff",
      EXISTS (SELECT 1 FROM trusted_place p
        WHERE p.account_id = a.id AND p.network >>= ${where.ip}::inet) AS "placeTrusted",
      EXISTS (SELECT 1 FROM seen_browser b
        WHERE b.account_id = a.id AND b.browser_id = ${where.browserId}::uuid)
        OR EXISTS (SELECT 1 FROM trusted_browser k
        WHERE k.account_id = a.id AND k.browser_id = ${where.browserId}::uuid
          AND k.ended_at IS NULL AND k.expires_at > ${where.now}::timestamptz) AS "browserKnown"
    FROM account a WHERE a.email = ${where.email}`;
  return rows[0] ?? null;
}
