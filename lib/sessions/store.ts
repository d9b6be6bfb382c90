import type { SessionCause } from "@/lib/access/rules/causes";
import { isLiveSql } from "@/lib/account/live-session-sql";
import type { Database } from "@/lib/db/transaction";

/** An open session, with the name of the trusted place it began from. */
export type SessionRow = {
  id: string;
  ip: string | null;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
  placeName: string | null;
};

/** The sessions of an account that are open now, the last seen first. */
export function findLiveSessions(
  database: Database,
  accountId: string,
  now: Date,
): Promise<SessionRow[]> {
  return database.$queryRaw<SessionRow[]>`
    WITH own AS MATERIALIZED (
      SELECT name, network FROM trusted_place WHERE account_id = ${accountId}::uuid
    )
    SELECT s.id, s.ip, s.user_agent AS "userAgent", s.created_at AS "createdAt",
      s.last_seen_at AS "lastSeenAt", p.name AS "placeName"
    FROM session s JOIN account a ON a.id = s.account_id
    LEFT JOIN LATERAL (SELECT own.name FROM own WHERE own.network >>= s.ip::inet
      ORDER BY masklen(own.network) DESC LIMIT 1) p ON true
    WHERE s.account_id = ${accountId}::uuid AND ${isLiveSql(now)}
    ORDER BY s.last_seen_at DESC, s.created_at DESC`;
}

/** A session that an account has or had, else null. */
export function findSession(database: Database, filter: { id: string; accountId: string }) {
  return database.session.findFirst({ where: filter, select: { userAgent: true, endedAt: true } });
}

/** Ends one session at its owner's request; false when it had ended before. */
export async function endOneSession(tx: Database, id: string, now: Date): Promise<boolean> {
  const ended = await tx.session.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: now, endedBecause: "removed" satisfies SessionCause },
  });
  return ended.count === 1;
}

/** Sets whether a new browser at a trusted place is mailed; false when it was so before. */
export async function storeNotifyOfNewBrowsers(
  tx: Database,
  accountId: string,
  isOn: boolean,
): Promise<boolean> {
  const changed = await tx.account.updateMany({
    where: { id: accountId, tellOfNewBrowsers: !isOn },
    data: { tellOfNewBrowsers: isOn },
  });
  return changed.count === 1;
}
