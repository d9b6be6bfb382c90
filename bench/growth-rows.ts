import type { Client } from "pg";
import { madeId } from "@/lib/testing/crowd";

/** How many rows each large table gets for one account, as an installation of some years has them. */
export const ROWS_OF_AN_ACCOUNT = {
  account: 1,
  trusted_place: 10,
  sign_in_judgement: 20,
  session: 3,
  seen_browser: 5,
  mail: 5,
  activity: 3,
  account_link: 1,
  trusted_browser: 0.5,
  audit_entry: 0.5,
  further_address: 0.1,
  email_change: 0.1,
  password_reset: 0.05,
  challenge: 0.05,
  code_attempts: 0.05,
  rate_window: 0.1,
  recovery_case: 0.02,
} as const;

export type GrowthTable = keyof typeof ROWS_OF_AN_ACCOUNT;

// A statement's transaction stays small enough to be stopped, and says how far it has come.
const ROWS_AT_ONCE = 1_000_000;

const GIVEN =
  "ARRAY['Ana','João','Marie','Søren','Carlos','Zoë','Pedro','Inês','Luc','Chloé','Tomás','Sofia','Diego','Amélie','Hugo','Núria','Rui','Eva','Noël','Marta','Paul','Lena','Álvaro','Beatriz','Gil','Clara','Jean','Rita','Óscar','Vera','Max']";
const FAMILY =
  "ARRAY['Silva','Santos','Müller','García','Dupont','Pereira','Costa','Núñez','Rossi','Novák','Ferreira','Lefèvre','Sørensen','Almeida','Moreau','Ribeiro','Martín','Smith','Lopes','Bernard','Gomes','Fernández','Marques','Petit','Rocha','Díaz','Neves','Laurent','Pinto','Sousa','Girard','Ramos','Cunha','Mercier','Vidal','Teixeira','Fontaine']";

/** Everything that a table's rows are made of; `n` is the row's number from 1, `accounts` a number. */
function rowsOf(accounts: number): Record<GrowthTable, { columns: string; values: string }> {
  // One of some thousand is a customer's program, which signs in from its own network all day.
  const owner = "CASE WHEN n % 1000 = 0 THEN 1 ELSE 1 + (n * 7919 + n / ACCOUNTS) % ACCOUNTS END";
  const whose = `(${owner.replaceAll("ACCOUNTS", String(accounts))})`;
  const id = (name: string, number = "n") => madeId(`'${name} ' || ${number}`);
  const account = id("crowd", whose);
  // A fifth comes by the shared addresses of mobile networks; the program from all over a /24.
  const ip = `host(CASE WHEN n % 1000 = 0 THEN '185.60.7.0'::inet + (n / 1000) % 256
    WHEN n % 5 = 0 THEN '100.64.0.0'::inet + (n * 31) % 1024
    ELSE '20.0.0.0'::inet + (${whose}::bigint * 10 + n % 8 + 2) END)`;
  const within = (days: number, rows: GrowthTable) =>
    `now() - interval '${days} days' * (1 - n / ${Math.max(1, accounts * ROWS_OF_AN_ACCOUNT[rows])}::float8)`;
  const name = `(${GIVEN})[1 + n % 31] || ' ' || (${FAMILY})[1 + (n / 31) % 37]
    || CASE WHEN n % 4 = 0 THEN ' ' || initcap(translate(to_hex(n), '0123456789', 'ghijklmnop')) ELSE '' END`;
  return {
    account: {
      columns: "id, email, name, password_hash, locale, created_at, password_changed_at",
      values: `${id("crowd")}, 'crowd-' || n || '@example.com', ${name}, $1::text, 'en',
        now() - interval '200 days', now() - interval '200 days'`,
    },
    trusted_place: {
      columns: "account_id, network, because, created_at, last_used_at",
      values: `${id("crowd", "(1 + (n - 1) / 10)")}, CASE n % 10
          WHEN 1 THEN '10.0.0.0'::inet + (n / 5000)
          WHEN 0 THEN ('2a00:' || to_hex(n / 655360) || ':' || to_hex(n / 10 % 65536) || '::/64')::inet
          ELSE '20.0.0.0'::inet + ((1 + (n - 1) / 10) * 10 + n % 10) END,
        'code', now() - interval '100 days', now() - (n % 10) * interval '1 day'`,
    },
    sign_in_judgement: {
      columns: "account_id, verdict, because, code_seconds, ip, country_code, user_agent, at",
      values: `${account}, CASE WHEN n % 10 = 3 THEN 'asked-for-code' WHEN n % 97 = 5 THEN 'refused' ELSE 'entered' END,
        CASE WHEN n % 10 = 3 THEN 'new-place' WHEN n % 97 = 5 THEN
          CASE WHEN n % 9 = 0 THEN 'blocked-by-wrong-codes' ELSE 'wrong-code' END
          WHEN n % 10 = 4 THEN 'right-code' ELSE 'known-place' END,
        CASE WHEN n % 10 = 4 THEN 15 + (n * 31) % 400 END, ${ip}, 'PT',
        'Mozilla/5.0 (X11; Linux x64; rv:140.0) Gecko/20100101 Firefox/140.0', ${within(90, "sign_in_judgement")}`,
    },
    session: {
      columns:
        "id, account_id, because, ip, user_agent, browser_id, created_at, last_seen_at, ended_at",
      values: `${id("session")}, ${account}, 'known-place', ${ip}, 'Mozilla/5.0 (X11; Linux x64)',
        ${id("browser")}, ${within(30, "session")}, ${within(30, "session")},
        CASE WHEN n % 3 > 0 THEN ${within(30, "session")} + interval '1 hour' END`,
    },
    seen_browser: {
      columns: "account_id, browser_id, network, first_seen_at, last_seen_at",
      values: `${account}, ${id("browser")}, (${ip})::inet, ${within(380, "seen_browser")}, ${within(380, "seen_browser")}`,
    },
    mail: {
      columns:
        "id, kind, account_id, recipient, locale, facts, state, attempts, next_try_at, useful_until, created_at, sent_at, tried_at",
      values: `${id("mail")}, CASE n % 3 WHEN 0 THEN 'sign-in-code' WHEN 1 THEN 'place-trusted' ELSE 'new-browser' END,
        ${account}, 'crowd-' || ${whose} || '@example.com', 'en',
        '{"email":"x@example.com","ip":"203.0.113.7","at":"2026-11-22T12:00:00.000Z"}',
        CASE WHEN n % 100 = 7 THEN 'refused' WHEN n % 200 = 9 THEN 'dropped'
          WHEN n > ${accounts * ROWS_OF_AN_ACCOUNT.mail * 0.998} THEN 'queued' ELSE 'sent' END, 1,
        ${within(30, "mail")}, ${within(30, "mail")} + interval '3 days', ${within(30, "mail")},
        CASE WHEN n % 100 <> 7 AND n % 200 <> 9 AND n <= ${accounts * ROWS_OF_AN_ACCOUNT.mail * 0.998}
          THEN ${within(30, "mail")} END,
        CASE WHEN n % 100 = 7 THEN ${within(30, "mail")} END`,
    },
    activity: {
      columns: "account_id, kind, about, ip, user_agent, at",
      values: `${account}, 'place-renamed', '{"network":"20.0.0.7/32","name":"Office"}', ${ip},
        'Mozilla/5.0 (X11; Linux x64)', ${within(400, "activity")}`,
    },
    account_link: {
      columns: "id, account_id, purpose, recipient, target_id, secret_id, created_at, expires_at",
      values: `${id("link")}, ${account}, 'not-me', 'x@example.com', ${id("target")}, 'x',
        ${within(30, "account_link")}, now() + interval '30 days' * n / ${accounts}`,
    },
    trusted_browser: {
      columns:
        "account_id, browser_id, user_agent, renewed_at, created_at, last_used_at, expires_at",
      values: `${account}, ${id("browser")}, 'Mozilla/5.0 (X11; Linux x64)', now(), now(), now(),
        now() + interval '90 days'`,
    },
    audit_entry: {
      columns:
        "seq, at, actor_id, actor, role, action, subject_kind, subject_id, details, previous, hash",
      values: `n, ${within(700, "audit_entry")}, ${id("crowd", "(2 + n % 20)")},
        'crowd-' || (2 + n % 20) || '@example.com', 'support',
        CASE n % 50 WHEN 0 THEN 'block-lifted' ELSE 'customer-viewed' END, 'account', (${account})::text, '{}',
        decode(md5(n::text), 'hex'), decode(md5((n + 1)::text), 'hex')`,
    },
    further_address: {
      columns: "account_id, email, created_at, confirmed_at, expires_at",
      values: `${account}, 'further-' || n || '@example.com', now(), now(), now()`,
    },
    email_change: {
      columns:
        "account_id, old_email, new_email, created_at, expires_at, ended_at, ended_because, undo_until",
      values: `${account}, 'old-' || n || '@example.com', 'new-' || n || '@example.com', now(), now(), now(),
        'done', now() + interval '7 days'`,
    },
    password_reset: {
      columns: "id, account_id, secret_id, created_at, expires_at",
      values: `${id("reset")}, ${account}, 'x', ${within(1, "password_reset")}, ${within(1, "password_reset")}`,
    },
    challenge: {
      columns: `id, purpose, account_id, email, place, ip, user_agent, browser_id, secret_hash, secret_id,
        reference, locale, last_mail_at, created_at, expires_at, ended_at, ended_because`,
      values: `${id("challenge")}, 'sign-in', ${account}, 'crowd-' || ${whose} || '@example.com', ${ip} || '/32',
        ${ip}, 'x', ${id("browser")}, '\\x00', 'x', 'C' || lpad(n::text, 7, '0'), 'en',
        ${within(1, "challenge")}, ${within(1, "challenge")}, ${within(1, "challenge")}, now(), 'used'`,
    },
    code_attempts: {
      columns:
        "subject, place, wrong, last_wrong_at, blocked_at, blocked_until, block_because, block_reference",
      values: `${account}::text, ${ip} || '/32', 1, now(), CASE WHEN n % 2 = 0 THEN now() END,
        CASE WHEN n % 2 = 0 THEN now() + interval '1 hour' END, CASE WHEN n % 2 = 0 THEN 'wrong-codes' END,
        CASE WHEN n % 2 = 0 THEN 'B' || lpad(n::text, 7, '0') END`,
    },
    rate_window: {
      columns: "key, subject, hits, admitted, asked_at",
      values: "'key ' || n, 'subject ' || n, ARRAY[now()], true, now()",
    },
    recovery_case: {
      columns: `id, reference, secret_id, account_id, account_email, proof, state, new_email, user_agent,
        locale, created_at, expires_at, sent_at, ended_at`,
      values: `${id("case")}, 'R' || lpad(n::text, 7, '0'), 'x', ${account}, 'crowd-' || ${whose} || '@example.com',
        'nothing', CASE WHEN n % 500 = 0 THEN 'open' WHEN n % 3 = 0 THEN 'done' ELSE 'refused' END,
        'asked-' || n || '@example.com', 'x', 'en', ${within(300, "recovery_case")}, now(),
        ${within(300, "recovery_case")}, CASE WHEN n % 500 > 0 THEN ${within(300, "recovery_case")} END`,
    },
  };
}

/**
 * Makes the tables of an installation with so many accounts, by statements alone. Indexes are built
 * behind the rows, as a restored backup has them, and no foreign key is looked up: the rows fit
 * together as they are made.
 *
 * @param options.passwordHash of all accounts; null: nobody signs in
 */
export async function fillGrowth(
  client: Client,
  accounts: number,
  options: { passwordHash: string | null; onTable(table: GrowthTable, rows: number): void },
): Promise<void> {
  const made = rowsOf(accounts);
  await client.query("SET session_replication_role = replica");
  await client.query("SET maintenance_work_mem = '512MB'");
  for (const [name, each] of Object.entries(ROWS_OF_AN_ACCOUNT)) {
    const table = name as GrowthTable;
    const { columns, values } = made[table];
    const rows = Math.round(accounts * each);
    const indexes = await client.query<{ name: string; definition: string }>(
      `SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = $1::regclass AND NOT i.indisunique`,
      [table],
    );
    for (const index of indexes.rows) await client.query(`DROP INDEX "${index.name}"`);
    for (let from = 1; from <= rows; from += ROWS_AT_ONCE) {
      await client.query(
        `INSERT INTO ${table} (${columns}) SELECT ${values}
          FROM generate_series(${from}::bigint, ${Math.min(rows, from + ROWS_AT_ONCE - 1)}::bigint) n
          ON CONFLICT DO NOTHING`,
        values.includes("$1") ? [options.passwordHash] : [],
      );
    }
    for (const index of indexes.rows) await client.query(index.definition);
    options.onTable(table, rows);
  }
  await client.query(
    `UPDATE account SET role = 'support'
      WHERE id IN (SELECT ${madeId("'crowd ' || n")} FROM generate_series(2, 21) n)`,
  );
  await client.query("RESET session_replication_role");
  await client.query("VACUUM ANALYZE");
}
