import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";

/**
 * A part of a statement that writes several things at once: `name AS (…)`. It writes for the rows of
 * `owner`, a part before it: where there is none, nothing is written.
 */
export type Part = Prisma.Sql;

/** An account as something about it was judged: by the count of its locks. */
export type JudgedAccount = { accountId: string; accessVersion: number };

/** The owner of what is written: an account that is locked already, or nobody. */
export const ownerPart = (accountId: string | null): Part =>
  Prisma.sql`owner AS (SELECT ${accountId}::uuid AS id)`;

/** What changes in an account's row with each lock of it. */
export const oneLockMore = Prisma.sql`access_version = access_version + 1`;

/**
 * SQL that changes the row of an account, once in a statement, and returns its `id`.
 *
 * @param from a part before, without whose row nothing changes
 */
export const changedAccountSql = (
  accountId: string,
  changes: Prisma.Sql[],
  from: "used" | null = null,
): Prisma.Sql => Prisma.sql`UPDATE account SET ${Prisma.join(changes)}
  ${from === null ? Prisma.empty : Prisma.sql`FROM used`}
  WHERE account.id = ${accountId}::uuid RETURNING account.id`;

/**
 * The owner of what is written: an account that nobody has locked since it was judged, locked by this
 * and counted as `lockAccounts` does. Whoever waits for it meets the count, and is judged again.
 *
 * @param also what else changes in its row
 */
export const judgedOwnerPart = (judged: JudgedAccount, also: Prisma.Sql[] = []): Part =>
  Prisma.sql`owner AS (UPDATE account SET ${Prisma.join([oneLockMore, ...also])}
    WHERE id = ${judged.accountId}::uuid AND access_version = ${judged.accessVersion}
    RETURNING id)`;

/** SQL that locks such an account and selects its `id`, for a statement that changes its row later. */
export const judgedLockSql = (judged: JudgedAccount): Prisma.Sql =>
  Prisma.sql`SELECT id FROM account WHERE id = ${judged.accountId}::uuid
    AND access_version = ${judged.accessVersion} FOR NO KEY UPDATE`;

/**
 * Writes several things in one statement: all of them, or none.
 *
 * @returns whether there was an owner, and so whether they are written
 */
export async function writeTogether(database: Database, parts: Part[]): Promise<boolean> {
  const rows = await database.$queryRaw<unknown[]>`WITH ${Prisma.join(parts)} SELECT 1 FROM owner`;
  return rows.length > 0;
}
