import type { PendingEnd } from "@/lib/access/rules/causes";
import { hasFactorSql } from "@/lib/account/has-factor";
import { isOpenSql } from "@/lib/challenge/challenge-store";
import type { Database } from "@/lib/db/transaction";
import type { PassCause } from "@/lib/sign-in/rules/judge-pass";

/** A sign-in to an account that waits for its code now, or may go on without one. */
export type OpenSignInRow = {
  id: string;
  /** As the code's, a cidr or "unknown". */
  network: string;
  ip: string | null;
  userAgent: string;
  createdAt: Date;
  expiresAt: Date;
  letInNumber: number | null;
  letInWrong: number;
  isLetIn: boolean;
};

/** The open sign-ins of an account that wait for a code, or were let in, the latest first. */
export function findOpenSignIns(
  database: Database,
  accountId: string,
  now: Date,
): Promise<OpenSignInRow[]> {
  return database.$queryRaw<OpenSignInRow[]>`
    SELECT c.id, c.place AS network, c.ip, c.user_agent AS "userAgent", c.created_at AS "createdAt",
      c.expires_at AS "expiresAt", c.let_in_number AS "letInNumber", c.let_in_wrong AS "letInWrong",
      coalesce(c.pass_until > ${now}::timestamptz, false) AS "isLetIn"
    FROM challenge c WHERE c.account_id = ${accountId}::uuid AND c.asks = 'code'
      AND ${isOpenSql("c", now)}
    ORDER BY c.created_at DESC, c.id DESC`;
}

/** What of an account decides whether its customer may let a sign-in in from an address. */
export async function findLetInAccount(
  database: Database,
  filter: { accountId: string; ip: string | null },
): Promise<{ role: string; hasFactor: boolean; networkTrusted: boolean } | null> {
  const rows = await database.$queryRaw<
    { role: string; hasFactor: boolean; networkTrusted: boolean }[]
  >`
    SELECT a.role, ${hasFactorSql} AS "hasFactor",
      EXISTS (SELECT FROM trusted_place p WHERE p.account_id = a.id
        AND network_supeq(p.network, ${filter.ip}::inet)) AS "networkTrusted"
    FROM account a WHERE a.id = ${filter.accountId}::uuid`;
  return rows[0] ?? null;
}

/** Lets one sign-in go on without its code until a moment. */
export async function storeLetIn(tx: Database, id: string, passUntil: Date): Promise<void> {
  const passBecause: PassCause = "let-in";
  await tx.challenge.update({ where: { id }, data: { passUntil, passBecause } });
}

/** Counts a wrong number on the sign-ins that wait, and ends some of them. */
export async function countWrongNumber(
  tx: Database,
  counted: { waiting: string[]; ending: string[] },
  now: Date,
): Promise<void> {
  const because: PendingEnd = "wrong-numbers";
  await tx.$executeRaw`
    UPDATE challenge SET let_in_wrong = let_in_wrong + 1 WHERE id = ANY(${counted.waiting}::uuid[])`;
  // As wherever people are shut out: a version before that does not know the cause takes the time for it.
  await tx.$executeRaw`
    UPDATE challenge SET ended_at = ${now}, ended_because = ${because},
      expires_at = least(expires_at, ${now}::timestamptz)
    WHERE id = ANY(${counted.ending}::uuid[])`;
}
