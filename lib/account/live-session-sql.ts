import { hasFactorSql } from "@/lib/account/has-factor";
import { Prisma } from "@/lib/generated/prisma/client";
import { afterDays, afterHours } from "@/lib/moments";
import { SESSION_IDLE_DAYS, SESSION_MAX_DAYS, STAFF_SESSION_HOURS } from "@/lib/secrets/limits";

/**
 * SQL for whether a session is still good, by its row `s` and its account's `a`: not ended, not idle for 30
 * days nor older than 90; of staff not older than 12 hours, and with the factor that the account has.
 */
export const isLiveSql = (now: Date) => Prisma.sql`(
  s.ended_at IS NULL
  AND s.created_at > ${afterDays(now, -SESSION_MAX_DAYS)}::timestamptz
  AND s.last_seen_at > ${afterDays(now, -SESSION_IDLE_DAYS)}::timestamptz
  AND (a.role = 'customer'
    OR s.created_at > ${afterHours(now, -STAFF_SESSION_HOURS)}::timestamptz
      AND (s.factor_proven_at IS NOT NULL OR NOT ${hasFactorSql})))`;
