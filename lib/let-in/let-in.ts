import type { Actor } from "@/lib/account/actor";
import { asCustomer, type SignedOut } from "@/lib/account/as-signed-in";
import { storeActivity } from "@/lib/account/change-store";
import { notifyCustomer } from "@/lib/account/notify-customer";
import { notifiedAccountOf } from "@/lib/account/record-change";
import { makeClient } from "@/lib/client/client";
import { ipText } from "@/lib/client/ip-text";
import { networkKeyOf, networkOfKey } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { type Database, database } from "@/lib/db/transaction";
import { judgeMayLetIn } from "@/lib/let-in/judge-may";
import { judgeNumber, type MayLetIn } from "@/lib/let-in/rules/judge-let-in";
import { readTypedNumber } from "@/lib/let-in/rules/typed-number";
import {
  countWrongNumber,
  findOpenSignIns,
  type OpenSignInRow,
  storeLetIn,
} from "@/lib/let-in/store";
import { log } from "@/lib/log/log";
import { provePassword } from "@/lib/password/prove-password";

/** Why a field is not taken before anything is judged; each is a message's key. */
export type LetInErrors = {
  number?: "numberMissing" | "numberNotTwoDigits";
  password?: "passwordMissing";
};

/** What becomes of a request to let a sign-in in. */
export type LetInOutcome =
  /** It may go on without its code. */
  | { kind: "let-in"; ip: string | null }
  | { kind: "invalid"; errors: LetInErrors }
  | { kind: "password-wrong" }
  /** Too many wrong passwords. */
  | { kind: "too-many"; until: Date }
  | Exclude<MayLetIn, { kind: "allowed" }>
  | { kind: "already" }
  | { kind: "none-waiting" }
  /** How many wrong numbers are left until the next sign-in that waits ends; 0: none waits any more. */
  | { kind: "number-wrong"; left: number }
  | SignedOut;

/**
 * Lets in the one waiting sign-in whose page shows a number, once, from a session that is in already. It
 * goes on by itself then (`usePass`); a mail to every address says so.
 */
export async function letIn(
  actor: Actor,
  typed: { number: string; password: string },
): Promise<LetInOutcome> {
  const outcome = await judgeAndCarryOut(actor, typed);
  const { session, client } = actor;
  const { accountId } = session;
  log.info({ accountId, network: networkKeyOf(client), outcome: outcome.kind }, "let-in judged");
  return outcome;
}

async function judgeAndCarryOut(
  actor: Actor,
  typed: { number: string; password: string },
): Promise<LetInOutcome> {
  const { session, client } = actor;
  // Before the password is looked at: where nothing can follow, nothing is counted.
  const may = await judgeMayLetIn(database, session, client);
  if (may.kind !== "allowed") return may;
  const open = await findOpenSignIns(database, session.accountId, readClock());
  if (open.length === 0) return { kind: "none-waiting" };
  const number = readTypedNumber(typed.number);
  const errors = errorsOf(typed, number);
  if (number === null || errors.password !== undefined) return { kind: "invalid", errors };
  const proof = await provePassword(actor, typed.password);
  if (proof.kind === "too-many") return proof;
  if (proof.kind !== "right") return { kind: "password-wrong" };
  return asCustomer(actor, (tx, now) => judgeLocked(tx, actor, number, now));
}

function errorsOf(typed: { number: string; password: string }, read: number | null): LetInErrors {
  const missing = typed.number.trim() === "";
  return {
    ...(read === null ? { number: missing ? "numberMissing" : "numberNotTwoDigits" } : {}),
    ...(typed.password === "" ? { password: "passwordMissing" } : {}),
  };
}

async function judgeLocked(
  tx: Database,
  actor: Actor,
  number: number,
  now: Date,
): Promise<LetInOutcome> {
  const { session, client } = actor;
  const may = await judgeMayLetIn(tx, session, client);
  if (may.kind !== "allowed") return may;
  const open = await findOpenSignIns(tx, session.accountId, now);
  const verdict = judgeNumber(number, open);
  switch (verdict.kind) {
    case "let-in": {
      const meant = open.find(({ id }) => id === verdict.id);
      if (meant === undefined) throw new Error("A verdict names no open sign-in.");
      await carryOut(tx, actor, meant, now);
      return { kind: "let-in", ip: meant.ip };
    }
    case "number-wrong": {
      const waiting = open.filter(({ isLetIn }) => !isLetIn).map(({ id }) => id);
      await countWrongNumber(tx, { waiting, ending: verdict.ending }, now);
      return { kind: "number-wrong", left: verdict.left };
    }
    default:
      return verdict;
  }
}

/** It never goes on later than with its code: what waits ends when its ten minutes are over. */
async function carryOut(
  tx: Database,
  actor: Actor,
  { id, network, ip, userAgent, createdAt, expiresAt }: OpenSignInRow,
  now: Date,
): Promise<void> {
  const { session, client } = actor;
  await storeLetIn(tx, id, expiresAt);
  const signer = makeClient({ ip, network: networkOfKey(network), userAgent });
  const { browser, system } = signer;
  const about = { ...(ip === null ? {} : { place: ipText(ip) }), browser, system };
  await storeActivity(tx, { accountId: session.accountId, kind: "let-in", about, client, now });
  // About the one who gets in: "that was not me" blocks that network, not the one it was let in from.
  const notified = notifiedAccountOf(actor);
  await notifyCustomer(tx, { kind: "let-in", notified, client: signer, now, since: createdAt });
}
