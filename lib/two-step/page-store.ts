import type { Database } from "@/lib/db/transaction";

/** What an account has for its second step, as its page lists it. */
export type TwoStepRows = {
  apps: { id: string; name: string; since: Date; lastUsedAt: Date | null }[];
  secondSteps: number;
  /** Null: none were ever made, or they went with the last factor. */
  codes: { left: number; of: number; madeAt: Date } | null;
};

type TwoStepRow = { secondSteps: number; left: number; of: number; madeAt: Date | null } & (
  | TwoStepRows["apps"][number]
  | { id: null }
);

/** Reads it in one statement. */
export async function findTwoStep(database: Database, accountId: string): Promise<TwoStepRows> {
  const rows = await database.$queryRaw<TwoStepRow[]>`
    SELECT app.id, app.name, app.confirmed_at AS since, app.last_used_at AS "lastUsedAt", codes.*,
      (SELECT count(*) FROM passkey
        WHERE account_id = ${accountId}::uuid AND is_second_step)::int AS "secondSteps"
    FROM (SELECT count(*)::int AS of, count(*) FILTER (WHERE used_at IS NULL)::int AS left,
        min(created_at) AS "madeAt"
      FROM recovery_code WHERE account_id = ${accountId}::uuid) codes
    LEFT JOIN authenticator_app app
      ON app.account_id = ${accountId}::uuid AND app.confirmed_at IS NOT NULL
    ORDER BY app.confirmed_at`;
  const { secondSteps = 0, left = 0, of = 0, madeAt = null } = rows[0] ?? {};
  const apps = rows.flatMap((row) => {
    if (row.id === null) return [];
    const { id, name, since, lastUsedAt } = row;
    return [{ id, name, since, lastUsedAt }];
  });
  return { apps, secondSteps, codes: madeAt && { left, of, madeAt } };
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
