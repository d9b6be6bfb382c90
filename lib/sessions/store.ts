import { afterDays, SESSION_IDLE_DAYS, SESSION_MAX_DAYS } from "@/lib/sign-in/rules/limits";
import type { Database } from "@/lib/sign-in/store";

/** The sessions of an account that are open now, the last seen first. */
export function findLiveSessions(database: Database, accountId: string, now: Date) {
  return database.session.findMany({
    where: {
      accountId,
      endedAt: null,
      createdAt: { gt: afterDays(now, -SESSION_MAX_DAYS) },
      lastSeenAt: { gt: afterDays(now, -SESSION_IDLE_DAYS) },
    },
    orderBy: [{ lastSeenAt: "desc" }, { createdAt: "desc" }],
    select: { id: true, ip: true, userAgent: true, createdAt: true, lastSeenAt: true },
  });
}

/** A session that an account has or had, else null. */
export function findSession(database: Database, where: { id: string; accountId: string }) {
  return database.session.findFirst({ where, select: { userAgent: true, endedAt: true } });
}

/** Ends one session; false when it had ended before. */
export async function endOneSession(tx: Database, id: string, now: Date): Promise<boolean> {
  const ended = await tx.session.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: now },
  });
  return ended.count === 1;
}

/** Ends an account's sessions, except one if given; each is out on its next request. */
export async function endSessions(
  tx: Database,
  accountId: string,
  except: string | null,
  now: Date,
): Promise<number> {
  const ended = await tx.session.updateMany({
    where: { accountId, endedAt: null, ...(except === null ? {} : { id: { not: except } }) },
    data: { endedAt: now },
  });
  return ended.count;
}

/** Sets whether a new browser at a trusted place is mailed; false when it was so before. */
export async function storeTellOfNewBrowsers(
  tx: Database,
  accountId: string,
  tell: boolean,
): Promise<boolean> {
  const changed = await tx.account.updateMany({
    where: { id: accountId, tellOfNewBrowsers: !tell },
    data: { tellOfNewBrowsers: tell },
  });
  return changed.count === 1;
}
