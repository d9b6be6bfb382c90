import type { Database } from "@/lib/db/transaction";
import { hasFactor } from "@/lib/factors/factors-store";
import { afterHours } from "@/lib/moments";

/** What limits the codes of an account's requests, as it stands now. */
export async function findWideningCodes(
  tx: Database,
  filter: { accountId: string; sessionId: string },
  now: Date,
) {
  const { accountId, sessionId } = filter;
  const made = await tx.challenge.findMany({
    where: { accountId, purpose: "widening", createdAt: { gt: afterHours(now, -1) } },
    select: { createdAt: true },
    orderBy: { createdAt: "desc" },
  });
  const session = await tx.session.findUniqueOrThrow({
    where: { id: sessionId },
    select: {
      codeProvenAt: true,
      factorProvenAt: true,
      account: { select: { codesSinceRight: true } },
    },
  });
  return {
    codesLastHour: made.map(({ createdAt }) => createdAt),
    codeProven: session.codeProvenAt !== null,
    hasFactor: await hasFactor(tx, accountId),
    factorProven: session.factorProvenAt !== null,
    codesSinceRight: session.account.codesSinceRight,
  };
}

/** By what the request of a session is found again. */
export const heldBy = (sessionId: string) => ({ purpose: "widening", sessionId }) as const;

/**
 * Notes that whoever holds a session has proven the mailbox, or a second factor, which stands above it: then
 * neither is asked for again.
 */
export async function proveSession(
  tx: Database,
  sessionId: string,
  by: "code" | "factor",
  now: Date,
): Promise<void> {
  const data = by === "factor" ? { codeProvenAt: now, factorProvenAt: now } : { codeProvenAt: now };
  await tx.session.update({ where: { id: sessionId }, data });
}
