import { Prisma } from "@/lib/generated/prisma/client";
import { SHARED_PLACE_ACCOUNTS } from "@/lib/places/rules/limits";

/**
 * SQL of the length of the widest networks that anybody trusts: a range added by hand, or the smallest
 * IPV6_PREFIX.
 *
 * @param network SQL expression of an inet
 */
export const widestSql = (network: Prisma.Sql) =>
  Prisma.sql`CASE family(${network}) WHEN 4 THEN 24 ELSE 32 END`;

const widest = widestSql(Prisma.sql`p.network`);
const longest = Prisma.sql`CASE family(p.network) WHEN 4 THEN 32 ELSE 128 END`;
const unmet = Prisma.sql`q.account_id <> ALL (met.accounts)`;

/**
 * SQL that is true where many accounts trust a place, or something in it or around it: as many as
 * `SHARED_PLACE_ACCOUNTS`, its own included. The place is the row `p` of `trusted_place`.
 *
 * Reads as many rows as it takes to meet so many accounts, however many share the place: networks stand
 * in their index in the order of their addresses, those within one behind it, and are read one after
 * the other. For `&&` the planner takes whatever index it likes, and with a LIMIT walks one whole.
 */
export function isSharedSql(): Prisma.Sql {
  const others = SHARED_PLACE_ACCOUNTS - 1;
  return Prisma.sql`(
    WITH RECURSIVE met AS (
      SELECT ARRAY[p.account_id] AS accounts, ${others}::bigint AS rows
      UNION ALL
      SELECT met.accounts || next.accounts, next.rows
      FROM met CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT near.account_id) AS accounts, count(*) AS rows FROM (
          (SELECT q.account_id FROM trusted_place q
            WHERE q.network >= p.network
              AND q.network <= set_masklen(broadcast(p.network), ${longest}) AND ${unmet}
            ORDER BY q.network, q.account_id LIMIT ${others})
          UNION ALL
          (SELECT around.account_id
            FROM generate_series(${widest}, masklen(p.network) - 1) AS bits
            CROSS JOIN LATERAL (SELECT q.account_id FROM trusted_place q
              WHERE q.network = network(set_masklen(p.network, bits))::inet AND ${unmet}
              ORDER BY q.network, q.account_id LIMIT ${others}) around
            LIMIT ${others})
          LIMIT ${others}) near
      ) next
      -- Fewer than were asked for: there are no more.
      WHERE met.rows = ${others} AND cardinality(met.accounts) <= ${others} AND next.rows > 0
    )
    SELECT max(cardinality(accounts)) > ${others} FROM met)`;
}
