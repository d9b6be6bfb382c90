import { randomUUID } from "node:crypto";
import { type Part, writeTogether } from "@/lib/db/together";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { givingBack } from "@/lib/rate-limit/rate-window";
import { SESSIONS_PER_ACCOUNT } from "@/lib/secrets/limits";
import { type NewSession, sessionParts } from "@/lib/sign-in/store";

/** A session that begins without the account's lock, with all else that its sign-in writes. */
export type SessionAtOnce = Omit<NewSession, "codeSeconds"> & {
  /** The account as it was judged, by the count of its locks and the moment of its password. */
  accountId: string;
  accessVersion: number;
  passwordChangedAt: Date | null;
  /** The session that this browser had before, which ends. */
  replaces: string | null;
  /** What the browser says where it is another than the account's; one that was chosen stays. */
  timeZone: string | null;
  /** Keys of the counts that hold the password as an attempt, which is given back. */
  counted: string[];
};

// Far below the limit, sign-ins at the same moment cannot together exceed it.
const MANY_SESSIONS = SESSIONS_PER_ACCOUNT / 2;

/** The parts that only some sign-ins have something to write for. */
function furtherParts({ now, replaces, timeZone, counted }: SessionAtOnce): Part[] {
  const replaced = Prisma.sql`replaced AS (
    UPDATE session SET ended_at = ${now}, ended_because = 'replaced'
    WHERE id = ${replaces}::uuid AND ended_at IS NULL AND EXISTS (SELECT 1 FROM owner))`;
  const zone = Prisma.sql`zone AS (
    UPDATE account SET time_zone = ${timeZone}, time_zone_from_browser = true
    WHERE id = (SELECT id FROM owner) AND (time_zone IS NULL OR time_zone_from_browser))`;
  // After the account's row, as whoever holds its lock has it.
  const back = Prisma.sql`back AS (${givingBack(counted, Prisma.sql`EXISTS (SELECT 1 FROM owner)`)})`;
  return [
    ...(replaces === null ? [] : [replaced]),
    ...(timeZone === null ? [] : [zone]),
    ...(counted.length === 0 ? [] : [back]),
  ];
}

/**
 * Begins a session and writes whatever else the sign-in leaves: one statement.
 *
 * @returns null, and nothing was done, where the account was locked since it was judged (place, role,
 *   password: it wants another verdict), or has so many sessions that one must make room. The row's
 *   lock waits for a change under way and reads its count; a change that comes later waits for this,
 *   finds the session and can end it
 */
export async function beginSessionAtOnce(
  database: Database,
  session: SessionAtOnce,
): Promise<string | null> {
  const { accountId, accessVersion, passwordChangedAt, replaces } = session;
  const id = randomUUID();
  // Two that share a lock and then write the row would wait for each other.
  const lock = session.timeZone === null ? Prisma.sql`FOR SHARE` : Prisma.sql`FOR NO KEY UPDATE`;
  const owner = Prisma.sql`owner AS (
    SELECT id FROM account WHERE id = ${accountId}::uuid AND access_version = ${accessVersion}::int
      AND password_changed_at = coalesce(${passwordChangedAt}::timestamptz, password_changed_at)
      AND (SELECT count(*) FROM session s WHERE s.account_id = account.id AND s.ended_at IS NULL
        AND s.id IS DISTINCT FROM ${replaces}::uuid) < ${MANY_SESSIONS}
    ${lock})`;
  const parts = [owner, ...sessionParts(id, session, { hasRoom: true }), ...furtherParts(session)];
  return (await writeTogether(database, parts)) ? id : null;
}
