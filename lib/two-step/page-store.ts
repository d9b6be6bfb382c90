import type { Database } from "@/lib/db/transaction";

/** What an account has for its second step, as its page lists it. */
export async function findTwoStep(database: Database, accountId: string) {
  const filter = { accountId };
  const account = await database.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { factorAlways: true },
  });
  const apps = await database.authenticatorApp.findMany({
    where: { accountId, confirmedAt: { not: null } },
    select: { id: true, name: true, confirmedAt: true, lastUsedAt: true },
    orderBy: { confirmedAt: "asc" },
  });
  const secondSteps = await database.passkey.count({ where: { ...filter, isSecondStep: true } });
  const codes = await database.recoveryCode.findMany({
    where: filter,
    select: { createdAt: true, usedAt: true },
  });
  return { factorAlways: account.factorAlways, apps, secondSteps, codes };
}

/** What stands beside a factor that is about to be removed: how many others there are. */
export async function countFactors(database: Database, accountId: string): Promise<number> {
  const [apps, passkeys] = [
    await database.authenticatorApp.count({ where: { accountId, confirmedAt: { not: null } } }),
    await database.passkey.count({ where: { accountId, isSecondStep: true } }),
  ];
  return apps + passkeys;
}

/** What an account has for its second step, by the names its customer gave. */
export async function findCheckedFactors(database: Database, accountId: string) {
  const [apps, passkeys, recoveryCodesLeft] = [
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
  const namesOf = (rows: { name: string }[]) => rows.map(({ name }) => name);
  return { apps: namesOf(apps), passkeys: namesOf(passkeys), recoveryCodesLeft };
}
