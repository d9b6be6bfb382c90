import type { PendingEnd } from "@/lib/access/rules/causes";
import { storeActivity } from "@/lib/account/change-store";
import type { NotifiedAccount } from "@/lib/account/notify-customer";
import { isStaff } from "@/lib/account/roles";
import { storeBrowserZone } from "@/lib/account/store";
import {
  type DoorPending,
  findCodeSentAt,
  type PendingCookie,
} from "@/lib/challenge/challenge-store";
import { isAnother, judgeTypedCode } from "@/lib/challenge/judge-typed-code";
import type { Block } from "@/lib/challenge/rules/code-attempts";
import { withPending } from "@/lib/challenge/with-pending";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import type { Database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { networkText } from "@/lib/network/network";
import { sendNotice } from "@/lib/sign-in/notice-mail";
import { beginSession, recordJudgement, trustPlace } from "@/lib/sign-in/store";
import { createAccount } from "@/lib/sign-up/create-account";
import { maskEmail } from "@/lib/typed/mask-email";

type SignIn = Extract<DoorPending, { purpose: "sign-in" }>;

/** What becomes of a typed code. Only `wrong` and a new block cost an attempt. */
export type VerifyOutcome =
  | {
      kind: "right";
      accountId: string;
      sessionId: string;
      callbackPath: string | null;
      locale: string;
      /** Whether its network is a place of the account from now on; that of staff never is. */
      place: "known" | "unknown" | "of-staff";
    }
  | { kind: "not-a-code" }
  | { kind: "wrong"; attemptsLeft: number }
  | { kind: "no-pending" }
  | { kind: "used" }
  | { kind: "superseded" }
  | { kind: "password-changed" }
  | { kind: "shut-out"; because: PendingEnd }
  | { kind: "expired" }
  | { kind: "block-over" }
  | { kind: "network-changed" }
  | { kind: "address-taken" }
  | ({
      kind: "blocked";
      purpose: "sign-in" | "sign-up";
      maskedEmail: string;
      ip: string | null;
    } & Block);

/** A code as typed, with the cookie of the pending sign-in it is for. */
export type TypedCode = {
  typed: string;
  cookie: PendingCookie | null;
  /** Which pending sign-in the page showed; another one means that a newer sign-in replaced it. */
  shown: string | null;
  /** Whether a sign-in's network is trusted from now on, or its code counts only this once; trusted if left out. */
  trust?: boolean;
  client: Client;
};

/**
 * Judges a typed code (rules 3, 5, 6 and 9): counts the try, compares, and a right one is consumed,
 * trusts the network and begins the session.
 */
export async function verifyCode(request: TypedCode): Promise<VerifyOutcome> {
  const outcome = await judgeAndCarryOut(request);
  log.info({ network: networkKeyOf(request.client), outcome: outcome.kind }, "code judged");
  return outcome;
}

function judgeAndCarryOut(request: TypedCode): Promise<VerifyOutcome> {
  return withPending<VerifyOutcome>(request.cookie, {
    first: (found) => (isAnother(found, request.shown) ? { kind: "superseded" } : null),
    locked: (tx, pending, now) => judgeAndLetIn(tx, request, pending, now),
  });
}

async function judgeAndLetIn(
  tx: Database,
  request: TypedCode,
  pending: DoorPending,
  now: Date,
): Promise<VerifyOutcome> {
  const typed = { text: request.typed, presentNetwork: networkKeyOf(request.client) };
  const verdict = await judgeTypedCode(tx, pending, typed, now);
  switch (verdict.kind) {
    case "right":
      return letIn(tx, request, pending, now);
    case "wrong":
      await record(tx, request, pending, "wrong-code", now);
      return verdict;
    case "now-blocked": {
      const { kind: _, ...block } = verdict;
      await record(tx, request, pending, "blocked-by-wrong-codes", now);
      await notifyOfBlock(tx, request, pending, block, now);
      return blockedOutcome(pending, block);
    }
    case "blocked": {
      const { kind: _, ...block } = verdict;
      return blockedOutcome(pending, block);
    }
    default:
      return verdict;
  }
}

/**
 * What follows a right code: the account of a sign-up, the network that becomes trusted, the
 * session.
 */
async function letIn(
  tx: Database,
  request: TypedCode,
  pending: DoorPending,
  now: Date,
): Promise<VerifyOutcome> {
  const { client } = request;
  const signUp = pending.purpose === "sign-up";
  const accountId = signUp ? await createAccount(tx, pending, now) : pending.accountId;
  if (accountId === null) return { kind: "address-taken" };
  const because = signUp ? "sign-up" : "code";
  const network = trustsNetwork(request, pending) ? client.network : null;
  if (network !== null) await trustPlace(tx, { accountId, network, because, now });
  if (signUp) {
    await storeActivity(tx, { accountId, kind: "account-created", about: {}, client, now });
  } else if (network !== null) {
    const about = { place: networkText(network) };
    await storeActivity(tx, { accountId, kind: "place-trusted", about, client, now });
    await sendNotice(tx, "place-trusted", notifiedAccountOf(pending), client, now);
  }
  const sessionId = await beginSession(tx, {
    accountId,
    because,
    verdict: "entered",
    judgedBecause: signUp ? "sign-up" : "right-code",
    codeSeconds: await secondsSinceSent(tx, pending, now),
    client,
    browserId: pending.browserId,
    now,
    // Whatever takes access away ends pending sign-ins, under the lock that is held here.
    accessVersion: null,
  });
  if (sessionId === null) throw new Error("A right code began no session.");
  if (client.timeZone !== null) await storeBrowserZone(tx, accountId, client.timeZone);
  const { callbackPath } = pending;
  const locale = pending.account?.locale ?? pending.locale;
  const place = network !== null ? "known" : isOfStaff(pending) ? "of-staff" : "unknown";
  return { kind: "right", accountId, sessionId, callbackPath, locale, place };
}

const isOfStaff = (pending: DoorPending): boolean =>
  pending.purpose === "sign-in" && isStaff(pending.account.role);

/** A sign-up's network is; staff type a code at every sign-in, so theirs would be for nothing. */
const trustsNetwork = ({ trust = true }: TypedCode, pending: DoorPending): boolean =>
  pending.purpose === "sign-up" || (trust && !isOfStaff(pending));

/** From when the code had left; from when it was made, where that is not known yet. */
async function secondsSinceSent(tx: Database, pending: DoorPending, now: Date): Promise<number> {
  const sent = (await findCodeSentAt(tx, pending)) ?? pending.createdAt;
  return Math.max(0, Math.round((now.getTime() - sent.getTime()) / 1000));
}

async function record(
  tx: Database,
  request: TypedCode,
  pending: DoorPending,
  because: string,
  now: Date,
): Promise<void> {
  if (pending.purpose !== "sign-in") return;
  const { accountId } = pending;
  await recordJudgement(tx, {
    accountId,
    verdict: "refused",
    because,
    client: request.client,
    now,
  });
}

function blockedOutcome(pending: DoorPending, block: Block): VerifyOutcome {
  const { purpose, email, ip } = pending;
  return { kind: "blocked", purpose, maskedEmail: maskEmail(email), ip, ...block };
}

/**
 * Only a sign-in's owner is notified: a sign-up's address may be a stranger's, and must not be
 * flooded.
 */
async function notifyOfBlock(
  tx: Database,
  request: TypedCode,
  pending: DoorPending,
  block: Block,
  now: Date,
): Promise<void> {
  if (pending.purpose !== "sign-in") return;
  await sendNotice(tx, "sign-in-blocked", notifiedAccountOf(pending), request.client, now, block);
}

function notifiedAccountOf({ accountId, email, account, timeZone }: SignIn): NotifiedAccount {
  const { locale } = account;
  return { accountId, email, locale, timeZone: account.timeZone ?? timeZone };
}
