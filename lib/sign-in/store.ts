import { randomUUID } from "node:crypto";
import type { Client } from "@/lib/client/client";
import { ownerPart, type Part, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { givingBack } from "@/lib/rate-limit/rate-window";
import { SESSIONS_PER_ACCOUNT } from "@/lib/secrets/limits";
import { TRUSTED_PLACES_PER_ACCOUNT } from "@/lib/sign-in/rules/limits";

/** A session as it begins. */
export type NewSession = {
  because:
    | "known-place"
    | "known-browser"
    | "code"
    | "factor"
    | "passkey"
    | "sign-up"
    | "hotline"
    | "let-in"
    | "not-asked";
  /** Of a passkey instead of the password: whether it is a second step too; proven if left out. */
  provesFactor?: boolean;
  verdict: string;
  judgedBecause: string;
  /** Of a right code: seconds from its first mail until it was typed. */
  codeSeconds?: number;
  client: Client;
  browserId: string;
  now: Date;
};

/**
 * The parts of a statement that begin a session of its owner, note the visit at its network and
 * browser, and write history. A browser is only noted where the network is trusted: elsewhere nobody is
 * notified of new ones. Beyond 20 sessions the least recently seen ends; sign-ins at the same moment
 * are the caller's to keep apart.
 *
 * @param trusting the network that the same statement trusts; it is no row yet that this could see
 * @param hasRoom whether the account is known to have room for one more
 */
export function sessionParts(
  id: string,
  session: NewSession,
  { trusting = null, hasRoom = false }: { trusting?: string | null; hasRoom?: boolean } = {},
): Part[] {
  const { client, browserId, now } = session;
  const { ip, network } = client;
  const knowsBrowser = session.because !== "not-asked";
  const { because, provesFactor = true } = session;
  const isByFactor = because === "factor" || because === "passkey";
  const factorProvenAt = isByFactor && provesFactor ? now : null;
  const codeProvenAt = isByFactor || because === "code" || because === "sign-up" ? now : null;
  const room = Prisma.sql`session_room AS (
    UPDATE session SET ended_at = ${now}::timestamptz, ended_because = 'too-many' WHERE id IN (
      SELECT s.id FROM session s, owner WHERE s.account_id = owner.id AND s.ended_at IS NULL
      ORDER BY s.last_seen_at DESC, s.created_at DESC OFFSET ${SESSIONS_PER_ACCOUNT - 1}))`;
  // Not ">>=": for it PostgreSQL may read who else trusts the address, by an index of everybody.
  return [
    Prisma.sql`visited AS (
      UPDATE trusted_place p SET last_used_at = ${now}::timestamptz FROM owner
      WHERE p.account_id = owner.id AND network_supeq(p.network, ${ip}::inet)
        AND p.network IS DISTINCT FROM ${trusting}::inet)`,
    Prisma.sql`browser AS (
      INSERT INTO seen_browser (account_id, browser_id, network, first_seen_at, last_seen_at)
      SELECT id, ${browserId}::uuid, ${network}::inet, ${now}::timestamptz, ${now}::timestamptz
      FROM owner
      WHERE ${network}::inet IS NOT NULL AND ${knowsBrowser}
        AND (${trusting}::inet IS NOT NULL OR EXISTS (SELECT 1 FROM trusted_place p
          WHERE p.account_id = owner.id AND network_supeq(p.network, ${ip}::inet)))
      ON CONFLICT (account_id, browser_id, network) DO UPDATE SET last_seen_at = excluded.last_seen_at)`,
    judgementPart({ ...session, because: session.judgedBecause }),
    ...(hasRoom ? [] : [room]),
    Prisma.sql`begun AS (
      INSERT INTO session (id, account_id, because, code_proven_at, factor_proven_at, ip, user_agent, browser_id,
        created_at, last_seen_at)
      SELECT ${id}::uuid, id, ${session.because}, ${codeProvenAt}::timestamptz,
        ${factorProvenAt}::timestamptz, ${ip},
        ${client.userAgent}, ${browserId}::uuid, ${now}::timestamptz, ${now}::timestamptz FROM owner)`,
  ];
}

/**
 * Begins a session in one statement.
 *
 * @param session.accessVersion the account as it was judged, by the count of its locks: whatever was
 *   changed since under its lock (place, role, password) wants another verdict. Null: it is judged and
 *   begun under that lock
 * @returns null when the account was locked since it was judged. FOR SHARE waits for a change under way
 *   and reads its count; a change that comes later waits for this, finds the session and can end it
 */
export async function beginSession(
  database: Database,
  session: NewSession & { accountId: string; accessVersion: number | null },
): Promise<string | null> {
  const id = randomUUID();
  const owner = Prisma.sql`owner AS (
    SELECT id FROM account WHERE id = ${session.accountId}::uuid
      AND access_version = coalesce(${session.accessVersion}::int, access_version)
    FOR SHARE)`;
  return (await writeTogether(database, [owner, ...sessionParts(id, session)])) ? id : null;
}

/**
 * The part of a statement that gives the attempt of a right password back to the counts that hold it.
 * After the account's row, as whoever holds its lock has it.
 */
export const givenBackParts = (counted: string[]): Part[] =>
  counted.length === 0
    ? []
    : [
        Prisma.sql`given_back AS (${givingBack(counted, Prisma.sql`EXISTS (SELECT 1 FROM owner)`)})`,
      ];

/** A judged sign-in or code, as history keeps it. */
export type Judgement = {
  verdict: string;
  because: string;
  codeSeconds?: number;
  client: Client;
  now: Date;
};

/** The part of a statement that writes a judgement on its owner. */
export function judgementPart(judgement: Judgement): Part {
  const { verdict, because, codeSeconds = null, client, now } = judgement;
  return Prisma.sql`judged AS (
    INSERT INTO sign_in_judgement (account_id, verdict, because, code_seconds, ip, country_code,
      user_agent, at)
    SELECT id, ${verdict}, ${because}, ${codeSeconds}::int, ${client.ip}, ${client.countryCode},
      ${client.userAgent}, ${now}::timestamptz FROM owner)`;
}

/** Writes a judged sign-in that did not begin a session. */
export async function recordJudgement(
  database: Database,
  { accountId, ...judgement }: Judgement & { accountId: string },
): Promise<void> {
  await writeTogether(database, [ownerPart(accountId), judgementPart(judgement)]);
}

/** A network as it becomes trusted. */
export type NewPlace = {
  network: string;
  because: "sign-up" | "code" | "by-hand";
  name?: string | null;
  now: Date;
};

/**
 * The parts of a statement that trust a network for ever (rule 3); beyond 100 the least recently used
 * makes room, none that holds the network: those are used now.
 */
export function placeParts({ network, because, name = null, now }: NewPlace): Part[] {
  return [
    Prisma.sql`trusted AS (
      INSERT INTO trusted_place (account_id, network, because, name, created_at, last_used_at)
      SELECT id, ${network}::inet, ${because}, ${name}, ${now}::timestamptz, ${now}::timestamptz
      FROM owner
      ON CONFLICT (account_id, network) DO UPDATE SET last_used_at = excluded.last_used_at)`,
    Prisma.sql`place_room AS (
      DELETE FROM trusted_place WHERE id IN (
        SELECT p.id FROM trusted_place p, owner
        WHERE p.account_id = owner.id AND p.network <> ${network}::inet
        ORDER BY p.network >>= ${network}::inet DESC, p.last_used_at DESC, p.created_at DESC
        OFFSET ${TRUSTED_PLACES_PER_ACCOUNT - 1}))`,
  ];
}

/** Trusts a network for ever. */
export async function trustPlace(
  tx: Database,
  { accountId, ...place }: NewPlace & { accountId: string },
): Promise<void> {
  await writeTogether(tx, [ownerPart(accountId), ...placeParts(place)]);
}
