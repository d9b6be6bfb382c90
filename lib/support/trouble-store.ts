import { withNetwork } from "@/lib/challenge/with-network";
import type { CountKey } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";

/** Wrong codes at sign-ins to an account that led to no block; also those that are forgotten by now. */
export async function findWrongCodes(database: Database, accountId: string) {
  const filter = { subject: accountId, blockedUntil: null };
  return (await database.codeAttempts.findMany({ where: filter })).map(withNetwork);
}

/** What a sign-in from a new network is judged by, as far as codes go. */
export async function findCodesMade(
  database: Database,
  accountId: string,
  { since, limit }: { since: Date; limit: number },
): Promise<{ codesSinceRight: number; lastHour: Date[] }> {
  const account = await database.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { codesSinceRight: true, passwordChangedAt: true },
  });
  const { codesSinceRight, passwordChangedAt } = account;
  // A new password starts the count afresh.
  const after = passwordChangedAt > since ? passwordChangedAt : since;
  const made = await database.challenge.findMany({
    where: { accountId, purpose: "sign-in", asks: "code", createdAt: { gt: after } },
    orderBy: { createdAt: "desc" },
    take: limit,
    select: { createdAt: true },
  });
  return { codesSinceRight, lastHour: made.map(({ createdAt }) => createdAt) };
}

/** The moments that a count holds since one, the earliest first. */
export async function findCounted(
  database: Database,
  { key }: CountKey,
  since: Date,
): Promise<Date[]> {
  const row = await database.rateWindow.findUnique({ where: { key }, select: { hits: true } });
  return (row?.hits ?? []).filter((hit) => hit > since).sort((a, b) => a.getTime() - b.getTime());
}
