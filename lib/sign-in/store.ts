import type { Client } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { givingBack } from "@/lib/rate-limit/rate-window";
import { SESSIONS_PER_ACCOUNT } from "@/lib/secrets/limits";
import { TRUSTED_PLACES_PER_ACCOUNT } from "@/lib/sign-in/rules/limits";

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
  /** Which password was right, of an account that is not locked; left out: whichever. */
  passwordChangedAt?: Date | null;
  /** The session that this browser had before, which ends. */
  replaces?: string | null;
  /** What the browser says; one that the customer chose stays. */
  timeZone?: string | null;
  /** Keys of the counts that hold its password as an attempt, which is given back. */
  counted?: string[];
};

// Far below the limit, sign-ins at the same moment cannot together exceed it.
const MANY_SESSIONS = SESSIONS_PER_ACCOUNT / 2;

/**
 * Begins a session, notes the visit at its network and browser, and writes history: one statement.
 * A browser is only noted where the network is trusted: elsewhere nobody is notified of new ones.
 * Beyond 20 sessions the least recently seen ends.
 *
 * @returns null, and nothing was done, when the account was locked since it was judged, or has so many
 *   sessions that its lock must be held. Locking its row waits for a change under way and reads its
 *   count; a change that comes later waits for this, finds the session and can end it
 */
export async function beginSession(
  database: Database,
  session: NewSession,
): Promise<string | null> {
  const { accountId, client, browserId, now, accessVersion, counted = [] } = session;
  const { passwordChangedAt = null, replaces = null, timeZone = null } = session;
  const knowsBrowser = session.because !== "not-asked";
  const codeProvenAt = session.because === "code" || session.because === "sign-up" ? now : null;
  const others = Prisma.sql`FROM session WHERE account_id = account.id AND ended_at IS NULL
      AND id IS DISTINCT FROM ${replaces}::uuid`;
  const unchanged =
    accessVersion === null
      ? Prisma.empty
      : Prisma.sql`AND access_version = ${accessVersion}::int
        AND password_changed_at = coalesce(${passwordChangedAt}::timestamptz, password_changed_at)
        AND (SELECT count(*) ${others}) < ${MANY_SESSIONS}`;
  const room =
    accessVersion !== null
      ? Prisma.empty
      : Prisma.sql`, room AS (
      UPDATE session SET ended_at = ${now}, ended_because = 'too-many' WHERE id IN (
        SELECT s.id FROM owner account, LATERAL (SELECT id, last_seen_at, created_at ${others}) s
        ORDER BY s.last_seen_at DESC, s.created_at DESC OFFSET ${SESSIONS_PER_ACCOUNT - 1}))`;
  const replaced =
    replaces === null
      ? Prisma.empty
      : Prisma.sql`, replaced AS (
      UPDATE session SET ended_at = ${now}, ended_because = 'replaced'
      WHERE id = ${replaces}::uuid AND ended_at IS NULL AND EXISTS (SELECT 1 FROM owner))`;
  // Who shares a lock and then writes the row waits for the others who share it, and they for him.
  const lock = timeZone === null ? Prisma.sql`FOR SHARE` : Prisma.sql`FOR NO KEY UPDATE`;
  const zone =
    timeZone === null
      ? Prisma.empty
      : Prisma.sql`, zone AS (
      UPDATE account SET time_zone = ${timeZone}, time_zone_from_browser = true
      WHERE id = (SELECT id FROM owner) AND (time_zone IS NULL OR time_zone_from_browser))`;
  // After the account's row, as whoever holds its lock has it.
  const givenBack =
    counted.length === 0
      ? Prisma.empty
      : Prisma.sql`, given_back AS (${givingBack(counted, Prisma.sql`EXISTS (SELECT 1 FROM owner)`)})`;
  const rows = await database.$queryRaw<{ id: string }[]>`
    WITH owner AS (
      SELECT id FROM account WHERE id = ${accountId}::uuid ${unchanged} ${lock}
    ), place AS (
      UPDATE trusted_place SET last_used_at = ${now}
      -- Not ">>=": for it PostgreSQL reads who else trusts the address, by an index of everybody.
      WHERE account_id = (SELECT id FROM owner) AND network_supeq(network, ${client.ip}::inet)
    ), browser AS (
      INSERT INTO seen_browser (account_id, browser_id, network, first_seen_at, last_seen_at)
      SELECT id, ${browserId}::uuid, ${client.network}::inet, ${now}, ${now} FROM owner
      WHERE ${client.network}::inet IS NOT NULL AND ${knowsBrowser} AND EXISTS (
        SELECT 1 FROM trusted_place p
        WHERE p.account_id = owner.id AND network_supeq(p.network, ${client.ip}::inet))
      ON CONFLICT (account_id, browser_id, network) DO UPDATE SET last_seen_at = excluded.last_seen_at
    ), history AS (
      INSERT INTO sign_in_judgement (account_id, verdict, because, code_seconds, ip, country_code,
        user_agent, at)
      SELECT id, ${session.verdict}, ${session.judgedBecause}, ${session.codeSeconds ?? null}::int, ${client.ip},
        ${client.countryCode}, ${client.userAgent}, ${now} FROM owner
    ) ${room} ${replaced} ${zone} ${givenBack}
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
