import { randomUUID } from "node:crypto";
import { dirname } from "node:path";
import { type Authenticator, insertApp, makeApp } from "@/e2e/support/authenticator";
import { runIn } from "@/e2e/support/database-of";
import type { Role } from "@/lib/account/roles";
import { newReference } from "@/lib/secrets/reference";

/** Where the host of the tests keeps its data. */
export const hostDataDirectory = () => dirname(process.env.E2E_HOST_LOG ?? "");

async function run(statement: string, values: unknown[]): Promise<void> {
  await runIn(hostDataDirectory(), statement, values);
}

/** Lets one pending sign-in's last mail be older by so many seconds, in the database of the host. */
export function ageLastMail(email: string, seconds: number): Promise<void> {
  return run(
    `UPDATE challenge SET last_mail_at = last_mail_at - make_interval(secs => $2)
     WHERE email = $1 AND ended_at IS NULL`,
    [email, seconds],
  );
}

/**
 * Marks an address, as a lasting bounce does.
 *
 * @param more.isTried whether a code was tried there just now, so that none is for an hour
 */
export function markAddress(email: string, { isTried = false } = {}): Promise<void> {
  return run(
    `INSERT INTO marked_address (address, because, status, words, marked_at, tried_at)
     VALUES (lower($1), 'bounced', '5.1.1', 'no such user', now(), CASE WHEN $2 THEN now() END)`,
    [email, isTried],
  );
}

/** Gives an account a further address, as if it had been confirmed. */
export function giveAddress(email: string, further: string): Promise<void> {
  return run(
    `INSERT INTO further_address (account_id, email, created_at, confirmed_at, expires_at)
     SELECT id, $2, now(), now(), now() FROM account WHERE email = $1`,
    [email, further],
  );
}

/** Gives somebody an authenticator app, as if they had added it. */
export async function giveApp(email: string): Promise<Authenticator> {
  const { id, sealedKey, app } = makeApp(hostDataDirectory());
  await run(insertApp, [id, sealedKey, email]);
  return app;
}

/** Makes somebody a member of the staff without an invitation; what sessions they had are over. */
export async function setRole(email: string, role: Role): Promise<void> {
  await run(`UPDATE account SET role = $2 WHERE email = $1`, [email, role]);
  await run(
    `UPDATE session SET ended_at = now()
     WHERE ended_at IS NULL AND account_id = (SELECT id FROM account WHERE email = $1)`,
    [email],
  );
}

/** Blocks sign-in to an account from a network for an hour; gives the block's reference. */
export async function blockFrom(email: string, network: string): Promise<string> {
  const reference = newReference();
  await run(
    `INSERT INTO code_attempts (subject, place, wrong, last_wrong_at, blocked_at, blocked_until,
       block_because, block_reference)
     SELECT id::text, $2, 3, now(), now(), now() + interval '1 hour', 'wrong-codes', $3
     FROM account WHERE email = $1
     ON CONFLICT (subject, place) DO UPDATE SET block_reference = excluded.block_reference`,
    [email, network, reference],
  );
  return reference;
}

/** Has a mail to an account that has left already; its id. */
export async function sentMailTo(email: string): Promise<string> {
  const id = randomUUID();
  await run(
    `INSERT INTO mail (id, kind, account_id, recipient, locale, facts, state, next_try_at, useful_until,
       created_at, sent_at, edition, owner_name)
     SELECT $2::uuid, 'new-browser', id, email, 'en', jsonb_build_object('accountEmail', email,
       'ip', '203.0.113.42', 'countryCode', 'PT', 'browser', 'Chrome 156', 'system', 'Windows 11',
       'at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
       'sent', now(), now(), now(), now(), 0, name
     FROM account WHERE email = $1`,
    [email, id],
  );
  return id;
}

/** Lets the cooling time of an account's approved case be over, or at its half. */
export function endCooling(email: string, part: "half" | "whole"): Promise<void> {
  const past = part === "half" ? "remind_at = now()" : "remind_at = now(), cools_until = now()";
  return run(`UPDATE recovery_case SET ${past} WHERE state = 'approved' AND account_email = $1`, [
    email,
  ]);
}

/** Lets the second factors of somebody be older by so many days. */
export async function ageFactors(email: string, days: number): Promise<void> {
  await run(
    `UPDATE authenticator_app SET confirmed_at = confirmed_at - make_interval(days => $2)
     WHERE account_id = (SELECT id FROM account WHERE email = $1)`,
    [email, days],
  );
}

/** Puts a number on the record of somebody that has stood there long enough to be called back. */
export function setOldPhone(email: string, phone: string): Promise<void> {
  return run(
    `UPDATE account SET phone = $2, phone_changed_at = now() - interval '8 days' WHERE email = $1`,
    [email, phone],
  );
}

/** How many rows a statement counts, as `n`, in the database of the host. */
export async function countRows(statement: string, values: unknown[]): Promise<number> {
  const [row] = await runIn(hostDataDirectory(), statement, values);
  return Number(row?.n);
}

/** How many mails of a kind go to an address. */
export const countMails = (email: string, kind: string) =>
  countRows("SELECT count(*) AS n FROM mail WHERE recipient = $1 AND kind = $2", [email, kind]);

/** How many sessions an account has had. */
export const countSessions = (email: string) =>
  countRows(
    "SELECT count(*) AS n FROM session s JOIN account a ON a.id = s.account_id WHERE a.email = $1",
    [email],
  );

/** How many sessions of an account have not ended. */
export const countLivingSessions = (email: string) =>
  countRows(
    `SELECT count(*) AS n FROM session s JOIN account a ON a.id = s.account_id
     WHERE a.email = $1 AND s.ended_at IS NULL`,
    [email],
  );

/** Lets every question that was put to browsers about an account's passkeys be over. */
export const endQuestions = (email: string) =>
  run(
    `UPDATE passkey_ceremony SET expires_at = now()
     WHERE account_id = (SELECT id FROM account WHERE email = $1)`,
    [email],
  );

/** Takes an account's passkeys away, behind the back of the browsers that keep them. */
export const forgetPasskeys = (email: string) =>
  run("DELETE FROM passkey WHERE account_id = (SELECT id FROM account WHERE email = $1)", [email]);

/** How many places an account trusts. */
export const countPlaces = (email: string) =>
  countRows(
    "SELECT count(*) AS n FROM trusted_place p JOIN account a ON a.id = p.account_id WHERE a.email = $1",
    [email],
  );
