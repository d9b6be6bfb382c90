import type { Database } from "@/lib/db/transaction";
import { findCheckedFactors } from "@/lib/two-step/page-store";

/** What support sees of an account's second step: what the customer calls each part, and how many there are. */
export type ShownFactors = {
  apps: string[];
  /** Only those that are a second step. */
  passkeys: string[];
  recoveryCodesLeft: number;
  /** Whether it is asked for at every sign-in, or only where a code would be. */
  isAskedAlways: boolean;
  /** When all of it is taken away unless the customer keeps it; null: it is not. */
  endAt: Date | null;
};

/** Reads what support sees of an account's second step; never a key, a code or anything made of one. */
export async function findShownFactors(
  database: Database,
  accountId: string,
): Promise<ShownFactors> {
  const [account, factors] = [
    await database.account.findUnique({
      where: { id: accountId },
      select: { factorAlways: true, factorsEndAt: true, role: true },
    }),
    await findCheckedFactors(database, accountId),
  ];
  return {
    ...factors,
    isAskedAlways: account?.factorAlways === true || (account?.role ?? "customer") !== "customer",
    endAt: account?.factorsEndAt ?? null,
  };
}
