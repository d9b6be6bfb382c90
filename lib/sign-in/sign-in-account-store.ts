import { furtherSql } from "@/lib/account/change-store";
import { hasFactorSql } from "@/lib/account/has-factor";
import { attemptColumns, takeAttempts, type WithAttempts } from "@/lib/challenge/attempts-store";
import type { AttemptRecord } from "@/lib/challenge/rules/code-attempts";
import { knownBySql } from "@/lib/challenge/subject";
import { browserKeyOf, trustedBrowserKey } from "@/lib/client/network-key";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { afterHours } from "@/lib/moments";
import type { knownHere } from "@/lib/sign-in/rules/known-here";

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
  attempts: AttemptRecord | null;
  codesLastHour: Date[];
  /** The confirmed further addresses, oldest first. */
  further: string[];
  /** Whether it has a second factor, and whether that is asked for at known places too. */
  hasFactor: boolean;
  factorAlways: boolean;
};

type TrustedBrowserRow = { id: string; generation: number; renewedAt: Date; userAgent: string };

/** The same as it is read. */
export type SignInAccountRow = Omit<SignInAccount, "attempts" | "trustedBrowser"> &
  WithAttempts & {
    trustedBrowserId: string | null;
    generation: number | null;
    renewedAt: Date | null;
    trustedUserAgent: string | null;
  };

/** For whom an account is read, and when. */
export type SignInFilter = {
  ip: string | null;
  network: string;
  browserId: string;
  /** Ids of the rows that the cookie of trusted browsers names. */
  trustedBrowserIds: string[];
  now: Date;
  codesPerHour: number;
};

/** What a sign-in is judged by, as a part of a statement that reads account `a` and its id. */
export function signInFacts(filter: SignInFilter): { columns: Prisma.Sql; joined: Prisma.Sql } {
  const { ip, network, browserId, trustedBrowserIds, now, codesPerHour } = filter;
  const columns = Prisma.sql`,
      a.email, a.locale, a.time_zone AS "timeZone", a.role,
      a.password_off_because AS "passwordOffBecause",
      a.codes_since_right AS "codesSinceRight", a.password_off_at AS "passwordOffAt",
      a.access_version AS "accessVersion",
      a.tell_of_new_browsers AS "notifyOfNewBrowsers",
      k.id AS "trustedBrowserId", k.generation, k.renewed_at AS "renewedAt",
      k.user_agent AS "trustedUserAgent",
      EXISTS (SELECT 1 FROM trusted_place p
        WHERE p.account_id = a.id AND network_supeq(p.network, ${ip}::inet)) AS "networkTrusted",
      EXISTS (SELECT 1 FROM trusted_place p WHERE p.account_id = a.id
        AND p.network = nullif(${network}, 'unknown')::inet) AS "networkItselfTrusted",
      EXISTS (SELECT 1 FROM seen_browser b
        WHERE b.account_id = a.id AND b.browser_id = ${browserId}::uuid
          AND b.network >>= ${ip}::inet) AS "browserSeenHere",
      ARRAY(SELECT c.created_at FROM challenge c
        WHERE c.account_id = a.id AND c.purpose = 'sign-in' AND NOT c.place_known
          AND c.created_at > greatest(${afterHours(now, -1)}::timestamptz, a.password_changed_at)
        ORDER BY c.created_at DESC LIMIT ${codesPerHour}) AS "codesLastHour",
      ${hasFactorSql} AS "hasFactor", a.factor_always AS "factorAlways",
      ${furtherSql} AS further, ${attemptColumns}
    `;
  const joined = Prisma.sql`
    LEFT JOIN LATERAL (SELECT b.id, b.generation, b.renewed_at, b.user_agent FROM trusted_browser b
      WHERE b.account_id = a.id AND b.id = ANY(${trustedBrowserIds}::uuid[])
        AND b.ended_at IS NULL AND b.expires_at > ${now}::timestamptz
      ORDER BY b.created_at DESC LIMIT 1) k ON true
    LEFT JOIN code_attempts t ON t.subject = a.id::text AND t.place = ${network}`;
  return { columns, joined };
}

/** Makes of the columns of `signInFacts` what a sign-in is judged by. */
export function signInAccountOf(row: SignInAccountRow): SignInAccount {
  const { attempts, rest } = takeAttempts(row);
  const { trustedBrowserId: id, generation, renewedAt, trustedUserAgent, ...account } = rest;
  const trustedBrowser =
    id === null || generation === null || renewedAt === null
      ? null
      : { id, generation, renewedAt, userAgent: trustedUserAgent ?? "" };
  return { ...account, attempts, trustedBrowser };
}

/**
 * Gathers in one statement what a sign-in is judged by. Null: no such account, or its password is no
 * longer the one of `passwordChangedAt`.
 */
export async function findSignInAccount(
  database: Database,
  account: { id: string; passwordChangedAt: Date | null },
  filter: SignInFilter,
): Promise<SignInAccount | null> {
  const { columns, joined } = signInFacts(filter);
  const rows = await database.$queryRaw<SignInAccountRow[]>`
    SELECT a.id ${columns} FROM account a ${joined}
    WHERE a.id = ${account.id}::uuid
      AND a.password_changed_at = coalesce(${account.passwordChangedAt}::timestamptz, a.password_changed_at)`;
  const [row] = rows;
  return row === undefined ? null : signInAccountOf(row);
}

/**
 * What is on record of an account's second factor where it is known. `knownBy`: what makes it so, as counts
 * name it; null: nothing does, and nothing is on record of it.
 */
export type FactorRecord = {
  knownBy: string | null;
  attempts: AttemptRecord | null;
  askedHere: Date[];
};

/**
 * Reads what a second factor at a known place is judged by. It counts by what makes the place known, and not
 * by the network: a range, or the copied cookie of a trusted browser, would have tries anew at each.
 */
export async function findFactorRecord(
  database: Database,
  account: Pick<SignInAccount, "id" | "trustedBrowser">,
  known: ReturnType<typeof knownHere>,
  filter: SignInFilter,
): Promise<FactorRecord> {
  const none = { knownBy: null, attempts: null, askedHere: [] };
  if (known === null) return none;
  const { id, trustedBrowser } = account;
  const { ip, browserId, now, codesPerHour } = filter;
  const browser = known === "browser" && trustedBrowser ? trustedBrowser.id : null;
  // Of several trusted places the narrowest: what is on record of its range does not reach it.
  const knownBy =
    browser === null
      ? Prisma.sql`(SELECT p.network::text FROM trusted_place p
          WHERE p.account_id = ${id}::uuid AND network_supeq(p.network, ${ip}::inet)
          ORDER BY masklen(p.network) DESC LIMIT 1)`
      : Prisma.sql`${trustedBrowserKey(browser)}::text`;
  const key =
    browser === null ? Prisma.sql`k.by || ${browserKeyOf("", browserId)}` : Prisma.sql`k.by`;
  const rows = await database.$queryRaw<
    (WithAttempts & { knownBy: string | null; askedHere: Date[] })[]
  >`
    SELECT k.by AS "knownBy", ${attemptColumns}, ARRAY(SELECT c.created_at FROM challenge c
      WHERE c.account_id = ${id}::uuid AND c.purpose = 'sign-in' AND ${knownBySql} = k.by
        AND c.created_at > ${afterHours(now, -1)}::timestamptz
      ORDER BY c.created_at DESC LIMIT ${codesPerHour}) AS "askedHere"
    FROM (SELECT ${knownBy} AS by) k
    LEFT JOIN code_attempts t ON t.subject = ${id} AND t.place = ${key}`;
  if (rows[0] === undefined) return none;
  const { attempts, rest } = takeAttempts(rows[0]);
  return { ...rest, attempts };
}
