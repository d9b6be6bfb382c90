import type { Client } from "pg";

/** How many rows a crowd has. */
export type CrowdSize = {
  accounts: number;
  /** In `trusted_place`; each account gets the same share of them. */
  places: number;
};

/** How many neighbours in the crowd share an address: an office, a mobile network, a university. */
const SHARING = 500;

/** SQL of a uuid that is always the same for a text, of version 4 by its look. */
export const madeId = (sql: string) =>
  `overlay(overlay(md5(${sql}) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid`;

// Ids that can be computed: the rows of other tables find theirs without a look.
const accountId = (number: string) => madeId(`'crowd ' || ${number}`);

/** The id of an account of the crowd, from 1. */
export const crowdAccount = (client: Client, number: number): Promise<string> =>
  client
    .query<{ id: string }>(`SELECT ${accountId("$1::int")} AS id`, [number])
    .then(({ rows }) => rows[0]?.id ?? "");

/**
 * Fills a database with accounts that trust places: the first place of each is shared by 500 of them,
 * the last is an IPv6 network, the others are nobody else's. Only statements, so that it takes seconds.
 *
 * @param passwordHash of all of them; null: nobody signs in
 */
export async function fillCrowd(
  client: Client,
  { accounts, places }: CrowdSize,
  passwordHash: string | null = null,
): Promise<void> {
  const each = Math.max(2, Math.round(places / accounts));
  await client.query(
    `INSERT INTO account (id, email, name, password_hash, locale, created_at, password_changed_at)
      SELECT ${accountId("n")}, 'crowd-' || n || '@example.com', 'Crowd ' || to_hex(n), $2, 'en',
        now() - interval '200 days', now() - interval '200 days'
      FROM generate_series(1, $1::int) n`,
    [accounts, passwordHash],
  );
  await client.query(
    `INSERT INTO trusted_place (account_id, network, because, created_at, last_used_at)
      SELECT ${accountId("n")}, CASE
          WHEN k = 1 THEN '10.0.0.0'::inet + (n / ${SHARING})
          WHEN k = $2 THEN ('2a00:' || to_hex(n / 65536) || ':' || to_hex(n % 65536) || '::/64')::inet
          ELSE '20.0.0.0'::inet + (n::bigint * $2 + k) END,
        'code', now() - interval '100 days', now() - k * interval '1 day'
      FROM generate_series(1, $1::int) n, generate_series(1, $2::int) k`,
    [accounts, each],
  );
}

/**
 * Gives an account the hundred places it may have at most, instead of those it has: alone or shared
 * with few or with many, addresses and ranges, IPv4 and IPv6.
 */
export async function crowdPlaces(client: Client, accountId: string): Promise<void> {
  await client.query("DELETE FROM trusted_place WHERE account_id = $1::uuid", [accountId]);
  await client.query(
    `INSERT INTO trusted_place (account_id, network, because, created_at, last_used_at)
      SELECT $1::uuid, CASE
          WHEN k <= 20 THEN '10.0.0.0'::inet + k
          WHEN k <= 25 THEN network(set_masklen('10.0.0.0'::inet + k * 256, 24))::inet
          WHEN k <= 60 THEN '30.0.0.0'::inet + k
          WHEN k <= 70 THEN network(set_masklen('20.0.0.0'::inet + k * 4096, 24))::inet
          WHEN k <= 80 THEN ('2a00:0:' || to_hex(k) || '::/64')::inet
          WHEN k <= 85 THEN ('2a00:0:' || to_hex(k) || '::/48')::inet
          ELSE ('2b00:0:' || to_hex(k) || '::/64')::inet END,
        'code', now() - interval '50 days', now() - k * interval '1 hour'
      FROM generate_series(1, 100) k`,
    [accountId],
  );
}
