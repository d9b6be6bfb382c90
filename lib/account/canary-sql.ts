import { Prisma } from "@/lib/generated/prisma/client";

/** SQL that selects the ids of the canary's accounts, of which there are one or few: an index has them alone. */
export const canariesSql = Prisma.sql`(SELECT id FROM account WHERE is_canary)`;

/**
 * SQL for whether something is not the canary's, which is no customer and stands in no figure, list or search.
 *
 * @param accountId column of a UUID; null: it is of no account
 */
export const notCanarysSql = (accountId: Prisma.Sql) =>
  Prisma.sql`(${accountId} IS NULL OR ${accountId} NOT IN ${canariesSql})`;
