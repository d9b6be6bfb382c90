import { notCanarysSql } from "@/lib/account/canary-sql";
import { accountOfCodes } from "@/lib/db/subjects";
import { type Database, inTransaction } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { widestSql } from "@/lib/places/sharing";
import { PAIRS_MET, SHORT_WORD, WORDS_SEARCHED } from "@/lib/support/rules/limits";

/** By what a search met an account. */
export type Match =
  | "email"
  | "further-address"
  | "address-before"
  | "asked-for-address"
  | "trusted-place"
  | "visit"
  | "block"
  | "case"
  | "pending"
  | "mail"
  | "name";

/** An account that a search met. */
export type FoundRow = { id: string; name: string; email: string; role: string; matched: Match };

/** Each account once, by its best match, the best first. `matches` are rows of account_id, matched, rank. */
function best(database: Database, matches: Prisma.Sql, limit: number): Promise<FoundRow[]> {
  return database.$queryRaw<FoundRow[]>`
    SELECT a.id, a.name, a.email, a.role, m.matched FROM (
      SELECT DISTINCT ON (account_id) account_id, matched, rank FROM (${matches}) every
      ORDER BY account_id, rank) m
    -- One by one: there are few, and the planner takes them for many.
    CROSS JOIN LATERAL (SELECT * FROM account WHERE id = m.account_id AND NOT is_canary LIMIT 1) a
    ORDER BY m.rank, lower(a.name), a.id LIMIT ${limit}`;
}

/** Accounts that have or had an address, or for which it is asked for, exactly as it stands there. */
export function findByEmail(database: Database, email: string, limit: number): Promise<FoundRow[]> {
  return best(
    database,
    Prisma.sql`
      SELECT id AS account_id, 'email' AS matched, 1 AS rank FROM account WHERE email = ${email}
      UNION ALL SELECT account_id, 'further-address', 2 FROM further_address
        WHERE email = ${email} AND confirmed_at IS NOT NULL
      UNION ALL SELECT account_id, 'address-before', 3 FROM email_change
        WHERE old_email = ${email} AND ended_because IN ('done', 'undone')
      UNION ALL SELECT account_id, 'address-before', 3 FROM email_change
        WHERE new_email = ${email} AND ended_because IN ('done', 'undone')
      UNION ALL SELECT account_id, 'address-before', 3 FROM recovery_case
        WHERE account_email = ${email} AND state = 'done' AND account_id IS NOT NULL
      UNION ALL SELECT account_id, 'asked-for-address', 4 FROM recovery_case
        WHERE new_email = ${email} AND account_id IS NOT NULL`,
    limit,
  );
}

/**
 * The accounts whose rows in a table lie within a network, each once, as many as are wanted. Jumps from
 * an address and account to the next pair in the order of their index: a hundred thousand rows may be of
 * one account at one address, and of many accounts few are wanted. A few accounts with thousands of
 * addresses in the network can hide others behind them: no more pairs than `PAIRS_MET` are looked at.
 *
 * @param table with columns account_id and, by `address`, an inet
 */
function accountsWithin(
  {
    table,
    address,
    only = Prisma.empty,
  }: { table: Prisma.Sql; address: Prisma.Sql; only?: Prisma.Sql },
  network: string,
  limit: number,
): Prisma.Sql {
  const within = Prisma.sql`${address} >= network(${network}::inet)::inet AND ${address} <=
    set_masklen(broadcast(${network}::inet), CASE family(${network}::inet) WHEN 4 THEN 32 ELSE 128 END)`;
  const next = (
    behind: Prisma.Sql,
  ) => Prisma.sql`SELECT ${address} AS address, account_id FROM ${table}
    WHERE ${within} ${only} ${behind} ORDER BY ${address}, account_id LIMIT 1`;
  return Prisma.sql`(WITH RECURSIVE met AS (
      SELECT one.address, one.account_id, ARRAY[one.account_id] AS accounts, 1 AS pairs
      FROM (${next(Prisma.empty)}) one
      UNION ALL
      SELECT one.address, one.account_id, CASE WHEN one.account_id = ANY (met.accounts)
        THEN met.accounts ELSE met.accounts || one.account_id END, met.pairs + 1
      FROM met CROSS JOIN LATERAL (${next(Prisma.sql`
        AND (${address}, account_id) > (met.address, met.account_id)`)}) one
      WHERE cardinality(met.accounts) < ${limit} AND met.pairs < ${PAIRS_MET}
    ) SELECT DISTINCT account_id FROM met)`;
}

/**
 * Accounts that trust a place in or around a network, or were signed in to from there. Of more than are
 * wanted it is not the first by name that are found.
 *
 * @param since how far back visits count
 */
export function findByNetwork(
  database: Database,
  filter: { network: string; since: Date },
  limit: number,
): Promise<FoundRow[]> {
  const { network, since } = filter;
  const ip = Prisma.sql`(ip::inet)`;
  const places = { table: Prisma.sql`trusted_place`, address: Prisma.sql`network` };
  const sessions = {
    ...{ table: Prisma.sql`session`, address: ip },
    only: Prisma.sql`AND created_at > ${since}::timestamptz`,
  };
  const judgements = {
    ...{ table: Prisma.sql`sign_in_judgement`, address: ip },
    only: Prisma.sql`AND at > ${since}::timestamptz`,
  };
  return best(
    database,
    Prisma.sql`
      SELECT account_id, 'trusted-place' AS matched, 1 AS rank FROM ${accountsWithin(places, network, limit)} w
      UNION ALL SELECT around.account_id, 'trusted-place', 1
        FROM generate_series(${widestSql(Prisma.sql`${network}::inet`)}, masklen(${network}::inet) - 1) AS bits
        CROSS JOIN LATERAL (SELECT q.account_id FROM trusted_place q
          WHERE q.network = network(set_masklen(${network}::inet, bits))::inet
          ORDER BY q.network, q.account_id LIMIT ${limit}) around
      UNION ALL SELECT account_id, 'visit', 2 FROM ${accountsWithin(sessions, network, limit)} v
      UNION ALL SELECT account_id, 'visit', 2 FROM ${accountsWithin(judgements, network, limit)} j`,
    limit,
  );
}

/** A name without its accents and case, as it is heard on the telephone; an index holds this very form. */
const plain = (sql: Prisma.Sql) =>
  Prisma.sql`regexp_replace(lower(normalize(${sql}, NFKD)), '[\\u0300-\\u036f]', '', 'g')`;

/**
 * Accounts whose name holds some text, the same names first, and then those that hold its words in
 * another order; a word of one or two letters or digits only where a word of the name begins with it.
 * Accents do not matter; `%` and `_` mean themselves. Of more than are wanted those come first that begin
 * with it.
 */
export function findByName(name: string, limit: number): Promise<FoundRow[]> {
  return inTransaction(async (tx) => {
    // Planned for this very name: a plan for any name takes each for one that many have, and reads all
    // accounts for one that nobody has.
    await tx.$executeRaw`SELECT set_config('plan_cache_mode', 'force_custom_plan', true)`;
    const order = (await knowsParts(tx)) ? Prisma.empty : inOrderOfNames;
    return best(
      tx,
      Prisma.sql`${beginningWith(name, limit)}
        UNION ALL (${matchesByName(name)} ${order} LIMIT ${limit})`,
      limit,
    );
  });
}

// Without it the planner reads the accounts themselves, for it thinks little of what a name takes to be
// made plain; in this order it reads the index, which holds them so.
const inOrderOfNames = Prisma.sql`ORDER BY heard COLLATE "C", id`;

/** Whether parts of names have an index, as they have wherever PostgreSQL has pg_trgm. */
async function knowsParts(database: Database): Promise<boolean> {
  const [row] = await database.$queryRaw<{ known: boolean }[]>`
    SELECT to_regclass('account_heard_name_idx') IS NOT NULL AS known`;
  return row?.known ?? false;
}

// In the order of an index: the name itself stands before what begins with it.
function beginningWith(name: string, limit: number): Prisma.Sql {
  const said = plain(Prisma.sql`${name}::text`);
  const heard = Prisma.sql`(${plain(Prisma.sql`name`)} COLLATE "C")`;
  return Prisma.sql`(
      SELECT id AS account_id, 'name' AS matched, CASE WHEN ${heard} = ${said} THEN 1 ELSE 2 END AS rank
      FROM account WHERE ${heard} >= ${said} AND ${heard} < ${said} || chr(1114111)
      ORDER BY ${heard}, id LIMIT ${limit})`;
}

// Of one or two letters the index of parts knows beginnings of words alone, and so many names hold them
// that nobody is found by them otherwise.
function holdsWord(word: string): Prisma.Sql {
  const said = plain(Prisma.sql`${word}::text`);
  return SHORT_WORD.test(word)
    ? Prisma.sql`(heard LIKE ${said} || '%' OR heard LIKE '% ' || ${said} || '%')`
    : Prisma.sql`heard LIKE '%' || ${said} || '%'`;
}

/** The rows that a search for a name is made of. */
export function matchesByName(name: string): Prisma.Sql {
  const text = name.normalize("NFKD").replace(/[\\%_]/g, "\\$&");
  const said = plain(Prisma.sql`${text}::text`);
  const words = text
    .split(/[\s,;]+/u)
    .filter((word) => word !== "")
    .slice(0, WORDS_SEARCHED);
  const everyWord = Prisma.join((words.length === 0 ? [text] : words).map(holdsWord), " AND ");
  return Prisma.sql`
      SELECT id AS account_id, 'name' AS matched, CASE
        WHEN heard LIKE ${said} THEN 1 WHEN heard LIKE ${said} || '%' THEN 2
        WHEN heard LIKE '%' || ${said} || '%' THEN 3 ELSE 4 END AS rank
      FROM (SELECT id, ${plain(Prisma.sql`name`)} AS heard FROM account) named
      WHERE ${everyWord}`;
}

/** Accounts by their ids, each met by the same. */
export function findByIds(database: Database, ids: string[], matched: Match): Promise<FoundRow[]> {
  return best(
    database,
    Prisma.sql`SELECT unnest(${ids}::uuid[]) AS account_id, ${matched} AS matched, 1 AS rank`,
    ids.length,
  );
}

async function isCanarys(database: Database, { subject }: { subject: string }): Promise<boolean> {
  const id = accountOfCodes(subject);
  return id !== null && (await database.account.count({ where: { id, isCanary: true } })) > 0;
}

/**
 * What bears a reference: a block's subject and end, a case, and the account of a pending sign-in. What is the
 * canary's bears none: there is no page of it.
 */
export async function findReference(database: Database, reference: string) {
  const found = await database.codeAttempts.findUnique({
    where: { blockReference: reference },
    select: { subject: true, blockedUntil: true },
  });
  const block = found === null || (await isCanarys(database, found)) ? null : found;
  const recoveryCase = await database.recoveryCase.findUnique({
    where: { reference },
    select: { id: true, reference: true, accountId: true, sentAt: true },
  });
  const pending = await database.challenge.findUnique({
    where: { reference, OR: [{ accountId: null }, { account: { isCanary: false } }] },
    select: { accountId: true },
  });
  return { block, recoveryCase, pending };
}

/** The customers' mails of a range of ids, as `uuidRangeOf` gives it: at most two. */
export function findMailsOfRange(
  database: Database,
  { first, last }: { first: string; last: string },
) {
  return database.$queryRaw<{ id: string; accountId: string | null }[]>`
    SELECT id, account_id AS "accountId" FROM mail
    WHERE id BETWEEN ${first}::uuid AND ${last}::uuid AND (account_id IS NOT NULL OR link_type = 'case')
      AND ${notCanarysSql(Prisma.sql`account_id`)}
    ORDER BY id LIMIT 2`;
}
