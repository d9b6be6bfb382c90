import type { Client } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
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
};

/**
 * Begins a session, notes the visit at its network and browser, and writes history: one statement.
 * A browser is only noted where the network is trusted: elsewhere nobody is notified of new ones.
 * Beyond 20 sessions the least recently seen ends; sign-ins at the same moment are the caller's to
 * keep apart.
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
      UPDATE session SET ended_at = ${now}, ended_because = 'too-many' WHERE id IN (
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
