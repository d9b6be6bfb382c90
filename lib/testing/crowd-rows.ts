import type { Client } from "pg";
import { madeId } from "@/lib/testing/crowd";

/** The account of the n-th row, dealt out among all; every hundredth row is the first account's. */
const owner = (accounts: number) =>
  madeId(`'crowd ' || CASE WHEN n % 100 = 0 THEN 1 ELSE 1 + n % ${accounts} END`);
const ip = "host('20.0.0.0'::inet + n)";
const id = (table: string) => madeId(`'${table} ' || n`);
const first = madeId("'crowd 1'");
const admin = madeId("'crowd 2'");
const ago = (unit: string) => `now() - n * interval '${unit}'`;

/**
 * Fills every other table that grows with the customers, on top of `fillCrowd`, so that a statement
 * which walks one shows. A hundredth of everything is the first account's; the second one is an admin.
 *
 * @param size.rows of each of the large tables
 */
export async function fillRows(
  client: Client,
  { accounts, rows }: { accounts: number; rows: number },
): Promise<void> {
  const whose = owner(accounts);
  const few = Math.round(rows / 5);
  const fill = (table: string, columns: string, values: string, count = rows) =>
    client.query(
      `INSERT INTO ${table} (${columns}) SELECT ${values} FROM generate_series(1, ${count}) n`,
    );
  // The rows fit together as they are made: nothing has to be looked up for each.
  await client.query("SET session_replication_role = replica");
  await client.query(`UPDATE account SET role = 'admin' WHERE id = ${admin}`);
  await fill(
    "session",
    "id, account_id, because, ip, user_agent, browser_id, created_at, last_seen_at, ended_at",
    `${id("session")}, ${whose}, 'code', ${ip}, 'Mozilla/5.0', ${id("browser")}, ${ago("1 minute")},
      ${ago("1 minute")}, CASE WHEN n > 200 THEN now() END`,
  );
  await fill(
    "sign_in_judgement",
    "account_id, verdict, because, code_seconds, ip, user_agent, at",
    `${whose}, CASE WHEN n % 3 = 0 THEN 'asked-for-code' ELSE 'entered' END, 'right-code', 40, ${ip},
      'Mozilla/5.0', ${ago("1 minute")}`,
  );
  await fill(
    "mail",
    "id, kind, account_id, recipient, locale, facts, state, next_try_at, useful_until, created_at, sent_at, tried_at",
    `${id("mail")}, 'place-trusted', ${whose}, 'x@example.com', 'en', '{}',
      CASE n % 5 WHEN 0 THEN 'queued' WHEN 1 THEN 'refused' ELSE 'sent' END,
      now() + n * interval '1 second', now(), ${ago("1 minute")}, ${ago("1 minute")},
      CASE WHEN n % 5 = 1 THEN ${ago("7 seconds")} END`,
  );
  await fill(
    "activity",
    "account_id, kind, about, user_agent, at",
    `${whose}, 'place-renamed', '{}', 'Mozilla/5.0', ${ago("1 minute")}`,
  );
  await fill(
    "audit_entry",
    "seq, at, actor_id, actor, role, action, subject_kind, subject_id, details, previous, hash",
    `n, now() - (${rows} - n) * interval '1 minute', CASE WHEN n % 2 = 0 THEN ${admin} END,
      CASE WHEN n % 2 = 0 THEN 'crowd-2@example.com' ELSE 'worker' END, 'admin', 'customer-viewed', 'account',
      ${whose}::text, '{}', '\\x00', '\\x00'`,
  );
  await fill(
    "challenge",
    `id, purpose, account_id, email, place, user_agent, browser_id, secret_hash, secret_id, reference,
      locale, last_mail_at, created_at, expires_at, ended_at`,
    `${id("challenge")}, 'sign-in', ${whose}, 'crowd-' || n || '@example.com', ${ip} || '/32', 'x', ${id("browser")}, '\\x00', 'x',
      'C' || n, 'en', ${ago("1 second")}, ${ago("1 second")}, ${ago("1 second")}, now()`,
  );
  await fill(
    "code_attempts",
    "subject, place, wrong, last_wrong_at, blocked_at, blocked_until, block_because, block_reference",
    `CASE WHEN n <= 20 THEN ${first} ELSE ${whose} END, ${ip} || '/32', 1, ${ago("1 second")}, ${ago("1 second")},
      now() + interval '1 hour', 'wrong-codes', 'B' || n`,
  );
  await fill(
    "account_link",
    "id, account_id, purpose, recipient, target_id, secret_id, created_at, expires_at",
    `${id("link")}, ${whose}, 'not-me', 'x@example.com', ${id("target")}, 'x', ${ago("1 minute")},
      now() + interval '1 day'`,
  );
  await fill(
    "password_reset",
    "id, account_id, secret_id, created_at, expires_at",
    `${id("reset")}, ${whose}, 'x', ${ago("1 minute")}, now()`,
  );
  await fill(
    "seen_browser",
    "account_id, browser_id, network, first_seen_at, last_seen_at",
    `${whose}, ${id("browser")}, (${ip})::inet, now(), now()`,
  );
  await fill(
    "trusted_browser",
    "account_id, browser_id, user_agent, renewed_at, created_at, last_used_at, expires_at, ended_at",
    `${whose}, ${id("browser")}, 'x', now(), ${ago("1 minute")}, now(), now() + interval '90 days',
      CASE WHEN n > 200 THEN now() END`,
    few,
  );
  await fill(
    "further_address",
    "account_id, email, created_at, confirmed_at, expires_at",
    `CASE WHEN n <= 5 THEN ${first} ELSE ${whose} END, 'further-' || n || '@example.com', now(), now(), now()`,
    few,
  );
  await fill(
    "email_change",
    "account_id, old_email, new_email, created_at, expires_at, ended_at, ended_because",
    `${whose}, 'old-' || n || '@example.com', 'new-' || n || '@example.com', ${ago("1 hour")},
      ${ago("1 hour")}, now(), 'done'`,
    few,
  );
  await fill(
    "recovery_case",
    `id, reference, secret_id, account_id, account_email, proof, state, new_email, user_agent, locale,
      created_at, expires_at, sent_at, ended_at, cools_until, remind_at`,
    `${id("case")}, 'R' || n, 'x', CASE WHEN n % 1000 = 0 THEN ${first}
        ELSE ${whose} END, 'crowd-' || n || '@example.com', 'nothing',
      CASE n % 3 WHEN 0 THEN 'open' WHEN 1 THEN 'refused' ELSE 'draft' END,
      'asked-' || n || '@example.com', 'x', 'en', ${ago("1 minute")}, now() + interval '1 day',
      CASE WHEN n % 3 < 2 THEN ${ago("1 minute")} END, CASE WHEN n % 3 = 1 THEN ${ago("1 minute")} END,
      NULL, NULL`,
    few,
  );
  await fill(
    "case_decision",
    "case_id, staff_id, staff_name, verdict, reason, round, at",
    `${id("case")}, ${admin}, 'Crowd', 'approve', 'x', 1, ${ago("1 minute")}`,
    few,
  );
  await fill(
    "case_document",
    "case_id, name, type, size, secret_id, added_at",
    `${id("case")}, 'x', 'image/png', 1, 'x', ${ago("1 minute")}`,
    few,
  );
  await fill(
    "staff_invitation",
    "id, email, role, secret_id, created_at, expires_at, ended_at",
    `${id("invitation")}, 'staff-' || n || '@example.com', 'support', 'x', ${ago("1 minute")},
      now() + interval '1 hour', CASE WHEN n > 20 THEN now() END`,
    few,
  );
  await fill(
    "help_feedback",
    "article, locale, browser_id, useful, comment, at",
    `'login-code', 'en', ${id("browser")}, n % 2 = 0, CASE WHEN n % 50 = 0 THEN 'A comment' END, ${ago("1 minute")}`,
  );
  await fill(
    "help_rating",
    "article, browser_id, stars, at",
    `'login-code', ${id("browser")}, 1 + n % 5, ${ago("1 minute")}`,
  );
  await fill(
    "help_question",
    "article, locale, question, state, answer, asked_at, answered_at",
    `'login-code', CASE n % 4 WHEN 0 THEN 'fr' ELSE 'en' END, 'Why?',
      CASE n % 3 WHEN 0 THEN 'waiting' WHEN 1 THEN 'published' ELSE 'declined' END, 'So.', ${ago("1 minute")},
      CASE WHEN n % 3 > 0 THEN ${ago("1 minute")} END`,
    few,
  );
  await fill(
    "mailbox_message",
    "id, recipient, subject, html, text, created_at",
    `${id("mail")}, 'crowd-' || (n % 100) || '@example.com', 'x', 'x', 'x', ${ago("1 minute")}`,
  );
  await fill(
    "rate_window",
    "key, subject, hits, admitted, asked_at",
    `'key ' || n, 'subject ' || n, ARRAY[now()], true, ${ago("1 second")}`,
  );
  await client.query(
    "INSERT INTO help_tally VALUES ('login-code', 20000, 60000, 10000, 10000, 2000)",
  );
  await client.query("RESET session_replication_role");
}
