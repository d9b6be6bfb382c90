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
