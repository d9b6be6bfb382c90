import { countKeys } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";
import { emptyCounts } from "@/lib/rate-limit/rate-window";
import type { LinkKey } from "@/lib/secrets/link-token";

/** Whose password a link would set; null when the address has no account. */
export function findResetAccount(database: Database, email: string) {
  return database.account.findUnique({
    // The canary's password is its job's alone.
    where: { email, isCanary: false },
    select: { id: true, email: true, locale: true, timeZone: true },
  });
}

/** Stores a link; `accountId` is null for an address without an account. */
export async function storeReset(
  tx: Database,
  reset: LinkKey & { accountId: string | null; createdAt: Date; expiresAt: Date },
): Promise<void> {
  const { id, secretId, accountId, createdAt, expiresAt } = reset;
  await tx.passwordReset.create({ data: { id, secretId, accountId, createdAt, expiresAt } });
}

/** A link with the account it is for, else null. */
export function findReset(database: Database, id: string) {
  return database.passwordReset.findUnique({
    where: { id },
    include: {
      account: { select: { id: true, email: true, name: true, locale: true, timeZone: true } },
    },
  });
}

/** Uses a link up; false when it had ended before, or another request was first. */
export async function useUpReset(tx: Database, id: string, now: Date): Promise<boolean> {
  const used = await tx.passwordReset.updateMany({
    where: { id, endedAt: null, expiresAt: { gt: now } },
    data: { endedAt: now, endedBecause: "used" },
  });
  return used.count === 1;
}

/** Stores a new password, from which the account's codes and the passwords that were tried for it count afresh. */
export async function storePassword(
  tx: Database,
  account: { id: string; email: string },
  { passwordHash, now }: { passwordHash: string; now: Date },
): Promise<void> {
  await tx.account.update({
    where: { id: account.id },
    data: {
      passwordHash,
      passwordChangedAt: now,
      passwordOffAt: null,
      passwordOffBecause: null,
      codesSinceRight: 0,
    },
  });
  await emptyCounts(tx, [countKeys.passwordsFor(account.email).subject]);
}
