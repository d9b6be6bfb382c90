import { furtherSql } from "@/lib/account/change-store";
import { attemptColumns, takeAttempts, type WithAttempts } from "@/lib/challenge/attempts-store";
import type { AttemptRecord } from "@/lib/challenge/rules/code-attempts";
import type { Database } from "@/lib/db/transaction";
import { afterHours } from "@/lib/moments";

/** What is known of an account and a client before a sign-in is judged. */
export type SignInAccount = {
  id: string;
  email: string;
  locale: string;
  timeZone: string | null;
  role: string;
  passwordOffAt: Date | null;
  passwordOffBecause: string | null;
  notifyOfNewBrowsers: boolean;
  codesSinceRight: number;
  /** How often the account was locked so far. */
  accessVersion: number;
  /** Whether a place holds the address, and whether that is the very network and no range. */
  networkTrusted: boolean;
  networkItselfTrusted: boolean;
  browserSeenHere: boolean;
  /** The row of the trusted browser that the cookie names, whatever generation it shows. */
  trustedBrowser: TrustedBrowserRow | null;
  liveSessions: number;
  attempts: AttemptRecord | null;
  codesLastHour: Date[];
  /** The confirmed further addresses, oldest first. */
  further: string[];
};

type TrustedBrowserRow = { id: string; generation: number; renewedAt: Date; userAgent: string };

type SignInAccountRow = Omit<SignInAccount, "attempts" | "trustedBrowser"> &
  WithAttempts & {
    trustedBrowserId: string | null;
    generation: number | null;
    renewedAt: Date | null;
    trustedUserAgent: string | null;
  };

/**
 * Gathers in one statement what a sign-in is judged by. Null: no such account, or its password is no
 * longer the one of `passwordChangedAt`.
 */
export async function findSignInAccount(
  database: Database,
  filter: {
    accountId: string;
    ip: string | null;
    network: string;
    browserId: string;
    /** Ids of the rows that the cookie of trusted browsers names. */
    trustedBrowserIds: string[];
    passwordChangedAt: Date | null;
  },
  moment: { now: Date; codesPerHour: number },
): Promise<SignInAccount | null> {
  const rows = await database.$queryRaw<SignInAccountRow[]>`
    SELECT a.id, a.email, a.locale, a.time_zone AS "timeZone", a.role,
      a.password_off_because AS "passwordOffBecause",
      a.codes_since_right AS "codesSinceRight", a.password_off_at AS "passwordOffAt",
      a.access_version AS "accessVersion",
      a.tell_of_new_browsers AS "notifyOfNewBrowsers",
      (SELECT count(*)::int FROM session s
        WHERE s.account_id = a.id AND s.ended_at IS NULL) AS "liveSessions",
      k.id AS "trustedBrowserId", k.generation, k.renewed_at AS "renewedAt",
      k.user_agent AS "trustedUserAgent",
      EXISTS (SELECT 1 FROM trusted_place p
        WHERE p.account_id = a.id AND p.network >>= ${filter.ip}::inet) AS "networkTrusted",
      EXISTS (SELECT 1 FROM trusted_place p WHERE p.account_id = a.id
        AND p.network = nullif(${filter.network}, 'unknown')::inet) AS "networkItselfTrusted",
      EXISTS (SELECT 1 FROM seen_browser b
        WHERE b.account_id = a.id AND b.browser_id = ${filter.browserId}::uuid
          AND b.network >>= ${filter.ip}::inet) AS "browserSeenHere",
      ARRAY(SELECT c.created_at FROM challenge c
        WHERE c.account_id = a.id AND c.purpose = 'sign-in'
          AND c.created_at > greatest(${afterHours(moment.now, -1)}::timestamptz, a.password_changed_at)
        ORDER BY c.created_at DESC LIMIT ${moment.codesPerHour}) AS "codesLastHour",
      ${furtherSql} AS further, ${attemptColumns}
    FROM account a
    LEFT JOIN LATERAL (SELECT b.id, b.generation, b.renewed_at, b.user_agent FROM trusted_browser b
      WHERE b.account_id = a.id AND b.id = ANY(${filter.trustedBrowserIds}::uuid[])
        AND b.ended_at IS NULL AND b.expires_at > ${moment.now}::timestamptz
      ORDER BY b.created_at DESC LIMIT 1) k ON true
    LEFT JOIN code_attempts t ON t.subject = a.id::text AND t.place = ${filter.network}
    WHERE a.id = ${filter.accountId}::uuid
      AND a.password_changed_at = coalesce(${filter.passwordChangedAt}::timestamptz, a.password_changed_at)`;
  const row = rows[0];
  if (row === undefined) return null;
  const { attempts, rest } = takeAttempts(row);
  const { trustedBrowserId: id, generation, renewedAt, trustedUserAgent, ...account } = rest;
  const trustedBrowser =
    id === null || generation === null || renewedAt === null
      ? null
      : { id, generation, renewedAt, userAgent: trustedUserAgent ?? "" };
  return { ...account, attempts, trustedBrowser };
}
