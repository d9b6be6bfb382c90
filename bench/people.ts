import { randomUUID } from "node:crypto";
import pg from "pg";
import { hashPassword } from "@/lib/password/password-hash";
import { seal } from "@/lib/secrets/secrets";
import { fillCrowd } from "@/lib/testing/crowd";

export const password = "a long enough passphrase";
/** The browser that everybody has signed in with before. */
const browserId = randomUUID();

// Each account of the crowd trusts three places, the second of which is nobody else's.
const PLACES = 3;
const known = `'20.0.0.0'::inet + (n::bigint * ${PLACES} + 2)`;

const dotted = (number: number) =>
  [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");

export const emailOf = (number: number) => `crowd-${number}@example.com`;
export const knownAddress = (number: number) => dotted(0x14000000 + number * PLACES + 2);
/** An address that nobody has come from. */
export const newAddress = (number: number) => dotted(0x3c000000 + number);

/** The cookie by which the product knows that browser again; AUTH_SECRET must be set. */
export const browserCookie = () => ["portaria.browser", seal("browser", browserId)] as const;

/** Fills the product's tables, which are there, with people who trust a place and have a known browser. */
export async function fillProduct(databaseUrl: string, accounts: number): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await fillCrowd(client, { accounts, places: accounts * PLACES }, await hashPassword(password));
    await client.query(
      `INSERT INTO seen_browser (account_id, browser_id, network, first_seen_at, last_seen_at)
        SELECT a.id, $2, ${known}, now() - interval '50 days', now() - interval '1 day'
        FROM generate_series(1, $1::int) n
        JOIN account a ON a.email = 'crowd-' || n || '@example.com'`,
      [accounts, browserId],
    );
    await client.query("VACUUM ANALYZE");
  });
}

/** Makes the floor's tables and fills them with the same people. */
export async function fillFloor(databaseUrl: string, accounts: number): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query(`
      CREATE TABLE account (
        id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        email text UNIQUE NOT NULL, password_hash text NOT NULL);
      CREATE TABLE trusted_place (
        account_id bigint NOT NULL REFERENCES account, network inet NOT NULL,
        PRIMARY KEY (account_id, network));
      CREATE TABLE challenge (
        id text PRIMARY KEY, account_id bigint NOT NULL REFERENCES account, network inet NOT NULL,
        code_mac bytea NOT NULL, attempts int NOT NULL DEFAULT 0,
        is_used boolean NOT NULL DEFAULT false, expires_at timestamptz NOT NULL)`);
    await client.query(
      `INSERT INTO account (email, password_hash)
        SELECT 'crowd-' || n || '@example.com', $2 FROM generate_series(1, $1::int) n`,
      [accounts, await hashPassword(password)],
    );
    await client.query(
      `INSERT INTO trusted_place SELECT a.id, ${known} FROM generate_series(1, $1::int) n
        JOIN account a ON a.email = 'crowd-' || n || '@example.com'`,
      [accounts],
    );
    await client.query("VACUUM ANALYZE");
  });
}

async function withClient(databaseUrl: string, work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
