import type { Database } from "@/lib/db/transaction";

/** The call back that was noted for a sign-in; null: none was. */
export function findCallBack(database: Database, challengeId: string) {
  return database.callBack.findUnique({ where: { challengeId } });
}

/** Notes that a member of staff called a customer back; instead of what was noted for that sign-in. */
export async function noteCallBack(
  tx: Database,
  noted: {
    challengeId: string;
    askedById: string;
    askedByName: string;
    browserId: string;
    reason: string;
    askedAt: Date;
  },
): Promise<void> {
  const { challengeId, ...rest } = noted;
  await tx.callBack.upsert({ where: { challengeId }, create: noted, update: rest });
}

/** Forgets what was noted for a sign-in, which is let through. */
export async function forgetCallBack(tx: Database, challengeId: string): Promise<void> {
  await tx.callBack.deleteMany({ where: { challengeId } });
}

/** The call backs of a customer that a second member of staff can still confirm, the latest first. */
export function findWaitingCallBacks(database: Database, accountId: string, now: Date) {
  return database.callBack.findMany({
    where: {
      challenge: {
        accountId,
        purpose: "sign-in",
        endedAt: null,
        passUntil: null,
        expiresAt: { gt: now },
      },
    },
    orderBy: [{ askedAt: "desc" }, { challengeId: "asc" }],
    include: { challenge: { select: { ip: true, userAgent: true, expiresAt: true } } },
  });
}
