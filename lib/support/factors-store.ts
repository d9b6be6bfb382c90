import type { Database } from "@/lib/db/transaction";

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
  const [account, apps, passkeys, recoveryCodesLeft] = [
    await database.account.findUnique({
      where: { id: accountId },
      select: { factorAlways: true, factorsEndAt: true, role: true },
    }),
    await database.authenticatorApp.findMany({
      where: { accountId, confirmedAt: { not: null } },
      select: { name: true },
      orderBy: { createdAt: "asc" },
    }),
    await database.passkey.findMany({
      where: { accountId, isSecondStep: true },
      select: { name: true },
      orderBy: { createdAt: "asc" },
    }),
    await database.recoveryCode.count({ where: { accountId, usedAt: null } }),
  ];
  return {
    apps: apps.map(({ name }) => name),
    passkeys: passkeys.map(({ name }) => name),
    recoveryCodesLeft,
    isAskedAlways: account?.factorAlways === true || (account?.role ?? "customer") !== "customer",
    endAt: account?.factorsEndAt ?? null,
  };
}
