import { Prisma } from "@/lib/generated/prisma/client";

/**
 * SQL for whether an account has a second factor, by its row `a`: an authenticator app, or a passkey that is
 * a second step. Recovery codes are none by themselves.
 */
export const hasFactorSql = Prisma.sql`(
  EXISTS (SELECT 1 FROM authenticator_app f
    WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL)
  OR EXISTS (SELECT 1 FROM passkey f WHERE f.account_id = a.id AND f.is_second_step))`;
