import type { SessionCause } from "@/lib/access/rules/causes";
import { readClock } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { afterDays, afterHours, afterMinutes } from "@/lib/moments";
import { SESSION_IDLE_DAYS, SESSION_MAX_DAYS, STAFF_SESSION_HOURS } from "@/lib/secrets/limits";

const MINUTES_BETWEEN_TOUCHES = 10;

/**
 * The session of an id that has not ended, is not idle for 30 days nor older than 90 (of staff: than
 * 12 hours), with its account.
 */
export async function findLiveSession(id: string) {
  const now = readClock();
  // First the account, then whether the session lives: what is shown of the account is never newer
  // than what ended the session.
  const account = await db.account.findFirst({ where: { sessions: { some: { id } } } });
  if (account === null) return null;
  const session = await db.session.findFirst({
    where: {
      id,
      endedAt: null,
      ticketHash: null,
      createdAt: { gt: afterDays(now, -SESSION_MAX_DAYS) },
      lastSeenAt: { gt: afterDays(now, -SESSION_IDLE_DAYS) },
      OR: [
        { account: { role: "customer" } },
        { createdAt: { gt: afterHours(now, -STAFF_SESSION_HOURS) } },
      ],
    },
  });
  if (session !== null && session.lastSeenAt < afterMinutes(now, -MINUTES_BETWEEN_TOUCHES)) {
    await db.session.update({ where: { id }, data: { lastSeenAt: now } });
  }
  return session && { ...session, account };
}

/** A live session with its account. */
export type LiveSession = NonNullable<Awaited<ReturnType<typeof findLiveSession>>>;

/**
 * Ends a session; it is out on its next request.
 *
 * @param because `replaced`: the same browser signed in again
 */
export async function endSession(
  id: string,
  because: SessionCause & ("signed-out" | "replaced") = "signed-out",
): Promise<void> {
  const data = { endedAt: readClock(), endedBecause: because };
  await db.session.updateMany({ where: { id, endedAt: null }, data });
}
