import { MINUTES_TO_EXPLAIN } from "@/lib/challenge/rules/limits";
import { afterHours, afterMinutes } from "@/lib/sign-in/rules/limits";
import type { Database } from "@/lib/sign-in/store";

/** What limits the codes of an account's wishes, as it stands now. */
export async function findWideningCodes(
  tx: Database,
  where: { accountId: string; sessionId: string },
  now: Date,
) {
  const { accountId, sessionId } = where;
  const made = await tx.challenge.findMany({
    where: { accountId, purpose: "widening", createdAt: { gt: afterHours(now, -1) } },
    select: { createdAt: true },
    orderBy: { createdAt: "desc" },
  });
  const session = await tx.session.findUniqueOrThrow({
    where: { id: sessionId },
    select: { codeProvenAt: true, account: { select: { codesSinceRight: true } } },
  });
  return {
    codesLastHour: made.map(({ createdAt }) => createdAt),
    codeProven: session.codeProvenAt !== null,
    codesSinceRight: session.account.codesSinceRight,
  };
}

/** The session's latest wish that waits, or waited, for its code; null when there is none to explain. */
export function findPendingWidening(database: Database, sessionId: string, now: Date) {
  return database.challenge.findFirst({
    where: {
      sessionId,
      purpose: "widening",
      expiresAt: { gt: afterMinutes(now, -MINUTES_TO_EXPLAIN) },
      OR: [{ endedBecause: null }, { endedBecause: { not: "cancelled" } }],
    },
    orderBy: { createdAt: "desc" },
    include: { account: { select: { locale: true, timeZone: true, role: true } } },
  });
}

/** Ends what a session has asked for before; true when a wish was open. */
export async function endWidenings(
  tx: Database,
  sessionId: string,
  because: "superseded" | "cancelled",
  now: Date,
): Promise<boolean> {
  const ended = await tx.challenge.updateMany({
    where: { sessionId, purpose: "widening", endedAt: null },
    data: { endedAt: now, endedBecause: because },
  });
  return ended.count > 0;
}

/** Notes that whoever holds a session has proven the mailbox. */
export async function proveSession(tx: Database, sessionId: string, now: Date): Promise<void> {
  await tx.session.update({ where: { id: sessionId }, data: { codeProvenAt: now } });
}
