import { CANARY_NETWORK } from "@/lib/client/canary-arrival";
import type { CountKey } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { type Counted, counting } from "@/lib/rate-limit/rate-window";

/** Whom a password is checked against. */
export type PasswordAccount = {
  id: string;
  passwordHash: string | null;
  passwordChangedAt: Date;
  passwordOff: boolean;
};

/** What decides which counts a password goes to. */
export type KnownAs = { browserKnown: boolean; networkTrusted: boolean };

/** What else is read of account `a` in the same statement: columns, and what is joined for them. */
export type AlsoRead = { columns: Prisma.Sql; joined: Prisma.Sql };

/** Stands in the keys of counts for the id of an account that the statement itself finds. */
export const ACCOUNT_SLOT = "{account}";

const everyCase: KnownAs[] = [false, true].flatMap((browserKnown) =>
  [false, true].map((networkTrusted) => ({ browserKnown, networkTrusted })),
);

type Reserved<Row> = Row &
  PasswordAccount & {
    firstKey: string;
    firstAdmitted: boolean;
    firstHits: Date[];
    secondKey: string | null;
    secondAdmitted: boolean;
    secondHits: Date[];
  };

/**
 * Finds whose a password is and counts it as an attempt, in one statement. The canary's is known where its own
 * job asks alone. After a count that refuses,
 * the next one is left alone.
 *
 * @param filter.limit of each count
 * @param countsOf the one or two counts that it goes to, with `ACCOUNT_SLOT` for the account; asked for
 *   every case beforehand, since it is the statement that finds which one it is
 * @returns the account, null where there is none, and each count in its order
 */
export async function reservePassword<Row>(
  database: Database,
  filter: { email: string; ip: string | null; browserId: string; now: Date; limit: number },
  countsOf: (known: KnownAs) => CountKey[],
  also: AlsoRead,
): Promise<{ account: (PasswordAccount & Row) | null; counts: Counted[] }> {
  const { email, ip, browserId, now, limit } = filter;
  const cases = everyCase.map(countsOf);
  const ofCase = (turn: 0 | 1) => {
    const keys = cases.map((counts) => counts[turn]?.key ?? null);
    const subjects = cases.map((counts) => counts[turn]?.subject ?? null);
    return Prisma.sql`
      SELECT replace((${keys}::text[])[known_as], ${ACCOUNT_SLOT}, coalesce(id::text, '')) AS key,
        (${subjects}::text[])[known_as] AS subject FROM found`;
  };
  const rows = await database.$queryRaw<Reserved<Row>[]>`
    WITH found AS (
      SELECT a.id, CASE WHEN a.is_canary AND (${ip}::inet <<= ${CANARY_NETWORK}::inet) IS NOT TRUE
          THEN NULL ELSE a.password_hash END AS "passwordHash", a.password_changed_at AS "passwordChangedAt",
        a.password_off_at IS NOT NULL AS "passwordOff",
        1 + (EXISTS (SELECT 1 FROM trusted_place p
          WHERE p.account_id = a.id AND network_supeq(p.network, ${ip}::inet)))::int
          + 2 * (EXISTS (SELECT 1 FROM seen_browser b
            WHERE b.account_id = a.id AND b.browser_id = ${browserId}::uuid)
            OR EXISTS (SELECT 1 FROM trusted_browser k
            WHERE k.account_id = a.id AND k.browser_id = ${browserId}::uuid
              AND k.ended_at IS NULL AND k.expires_at > ${now}::timestamptz))::int AS known_as
        ${also.columns}
      FROM (VALUES (${email}::text)) AS typed (email)
      LEFT JOIN account a ON a.email = typed.email ${also.joined}
    ), first AS (${counting(ofCase(0), limit, now)}
    ), second AS (${counting(
      Prisma.sql`SELECT next.* FROM first, (${ofCase(1)}) next
        WHERE first.admitted AND next.key IS NOT NULL`,
      limit,
      now,
    )})
    SELECT found.*, first.key AS "firstKey", first.admitted AS "firstAdmitted",
      first.hits AS "firstHits", second.key AS "secondKey", second.admitted AS "secondAdmitted",
      second.hits AS "secondHits"
    FROM found CROSS JOIN first LEFT JOIN second ON true`;
  const [row] = rows;
  if (row === undefined) throw new Error("The database returned no count.");
  const { firstKey, firstAdmitted, firstHits, secondKey, secondAdmitted, secondHits, ...rest } =
    row;
  const counts = [{ key: firstKey, admitted: firstAdmitted, hits: firstHits }];
  if (secondKey !== null) {
    counts.push({ key: secondKey, admitted: secondAdmitted, hits: secondHits });
  }
  const account = rest as unknown as PasswordAccount & Row;
  return { account: account.id === null ? null : account, counts };
}
