import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { type Cursor, ROWS_PER_PAGE } from "@/lib/history/rules/page-cursor";

/** A judged sign-in as it is stored, with the name of the place it came from. */
export type SignInRow = {
  id: string;
  verdict: string;
  because: string;
  ip: string | null;
  countryCode: string | null;
  userAgent: string;
  at: Date;
  placeName: string | null;
};

/**
 * Judged sign-ins of an account, the latest first.
 *
 * @param which.verdicts only these; null: all
 * @param which.limit one page and one row more if left out; null: no end
 */
export function findSignIns(
  database: Database,
  which: {
    accountId: string;
    since: Date;
    verdicts: readonly string[] | null;
    after: Cursor | null;
    limit?: number | null;
  },
): Promise<SignInRow[]> {
  const { accountId, since, verdicts, after, limit = ROWS_PER_PAGE + 1 } = which;
  const older =
    after === null ? Prisma.empty : Prisma.sql`AND (j.at, j.id) < (${after.at}, ${after.id}::uuid)`;
  const page = (only: Prisma.Sql) => Prisma.sql`
    SELECT * FROM sign_in_judgement j
    WHERE j.account_id = ${accountId}::uuid AND j.at > ${since} ${only} ${older}
    ORDER BY j.at DESC, j.id DESC LIMIT ${limit}`;
  // A page of each verdict by its index: rare ones would be looked for among all the others.
  const judged =
    verdicts === null
      ? page(Prisma.empty)
      : Prisma.join(
          verdicts.map((verdict) => Prisma.sql`(${page(Prisma.sql`AND j.verdict = ${verdict}`)})`),
          " UNION ALL ",
        );
  return database.$queryRaw<SignInRow[]>`
    WITH own AS MATERIALIZED (
      SELECT name, network FROM trusted_place WHERE account_id = ${accountId}::uuid
    )
    SELECT j.id, j.verdict, j.because, j.ip, j.country_code AS "countryCode",
      j.user_agent AS "userAgent", j.at, p.name AS "placeName"
    FROM (${judged}) j
    LEFT JOIN LATERAL (SELECT own.name FROM own WHERE own.network >>= j.ip::inet
      ORDER BY masklen(own.network) DESC LIMIT 1) p ON true
    ORDER BY j.at DESC, j.id DESC LIMIT ${limit}`;
}

/** Activities of an account, the latest first: one page and one row more. */
export function findActivities(database: Database, accountId: string, after: Cursor | null) {
  return database.activity.findMany({
    where: {
      accountId,
      ...(after === null
        ? {}
        : { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] }),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: ROWS_PER_PAGE + 1,
  });
}
