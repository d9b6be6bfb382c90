import { Prisma } from "@/lib/generated/prisma/client";

/**
 * SQL for why no mail reaches an account, by its row `a`: nothing is sent to its contact e-mail, and it has
 * no other confirmed address that mail can be sent to; null: it is reached.
 */
export const unreachableSql = Prisma.sql`(SELECT k.because FROM marked_address k
  WHERE k.address = lower(a.email) AND k.lifted_at IS NULL
    AND NOT EXISTS (SELECT FROM further_address f
      WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM marked_address o
          WHERE o.address = lower(f.email) AND o.lifted_at IS NULL)))`;

/**
 * SQL for the confirmed addresses of an account, by its row `a`, that nothing is sent to any more, and why: a
 * JSON list, the contact e-mail first.
 */
export const markedSql = Prisma.sql`(SELECT coalesce(jsonb_agg(
      jsonb_build_object('email', o.email, 'because', k.because) ORDER BY o.since NULLS FIRST), '[]')
  FROM (SELECT a.email, NULL::timestamptz AS since
    UNION ALL SELECT f.email, f.created_at FROM further_address f
      WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL) o
  JOIN marked_address k ON k.address = lower(o.email) AND k.lifted_at IS NULL)`;
