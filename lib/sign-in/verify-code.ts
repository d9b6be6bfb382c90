import { storeActivity } from "@/lib/account/change-store";
import type { Told } from "@/lib/account/tell-customer";
import { issueTicket } from "@/lib/auth/session-ticket";
import {
  countTry,
  endChallenge,
  findAttempts,
  findCodeSentAt,
  findPending,
  forgetAttempts,
  isDecoy,
  type Pending,
  type PendingCookie,
  storeBlock,
  subjectOf,
} from "@/lib/challenge/challenge-store";
import { pendingFacts } from "@/lib/challenge/judge-pending";
import type { Block } from "@/lib/challenge/rules/code-attempts";
import { judgeCode, judgeTry } from "@/lib/challenge/rules/judge-code";
import { readTypedCode } from "@/lib/challenge/rules/typed-code";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { type Client, placeOf } from "@/lib/sign-in/client";
import { isCodeOf } from "@/lib/sign-in/code";
import { networkText } from "@/lib/sign-in/network";
import { sendNotice } from "@/lib/sign-in/notice-mail";
import { newReference } from "@/lib/sign-in/reference";
import { maskEmail } from "@/lib/sign-in/rules/mask-email";
import {
  beginSession,
  type Database,
  database,
  inTransaction,
  lockSubject,
  recordJudgement,
  resetCodesSinceRight,
  trustPlace,
} from "@/lib/sign-in/store";
import { createAccount } from "@/lib/sign-up/create-account";
import { isStaff } from "@/lib/staff/roles";

/** What becomes of a typed code. Only `wrong` and a new block cost an attempt. */
export type VerifyOutcome =
  | { kind: "right"; ticket: string; callbackPath: string | null; locale: string }
  | { kind: "not-a-code" }
  | { kind: "wrong"; attemptsLeft: number }
  | { kind: "no-pending" }
  | { kind: "used" }
  | { kind: "superseded" }
  | { kind: "password-changed" }
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
  /** Whether a sign-in's place is trusted from now on, or its code counts only this once; trusted if left out. */
  trust?: boolean;
  client: Client;
};

/**
 * Judges a typed code (rules 3, 5, 6 and 9): counts the try, compares, and a right one is consumed,
 * trusts the network and begins the session, whose ticket the sign-in redeems.
 */
export async function verifyCode(request: TypedCode): Promise<VerifyOutcome> {
  const outcome = await judgeAndCarryOut(request);
  log.info({ place: placeOf(request.client), outcome: outcome.kind }, "code judged");
  return outcome;
}

async function judgeAndCarryOut(request: TypedCode): Promise<VerifyOutcome> {
  const { cookie } = request;
  if (cookie === null) return { kind: "no-pending" };
  const at = now();
  const found = await findPending(database, cookie, at);
  if (found === null) return { kind: "no-pending" };
  if (request.shown !== null && request.shown !== found.id) return { kind: "superseded" };

  return inTransaction(async (tx) => {
    const subject = subjectOf(found);
    await lockSubject(tx, subject);
    const pending = await findPending(tx, cookie, at);
    if (pending === null) return { kind: "no-pending" };
    const record = await findAttempts(tx, subject, pending.place);
    const admission = judgeTry(pendingFacts(pending, record, at, placeOf(request.client)));
    switch (admission.kind) {
      case "admitted":
        return judgeTyped(tx, request, pending, at);
      case "blocked": {
        const { kind: _, ...block } = admission;
        return blockedOutcome(pending, block);
      }
      default:
        return admission;
    }
  });
}

async function judgeTyped(
  tx: Database,
  request: TypedCode,
  pending: Pending,
  at: Date,
): Promise<VerifyOutcome> {
  const typed = readTypedCode(request.typed);
  if (typed === null) return { kind: "not-a-code" };
  const subject = subjectOf(pending);
  const tries = await countTry(tx, subject, pending.place, at);
  if (tries === null) throw new Error("A block appeared under the lock of its subject.");
  const right = isCodeOf(pending, typed) && !isDecoy(pending);
  const verdict = judgeCode({ now: at, right, tries }, env());
  switch (verdict.kind) {
    case "right":
      return letIn(tx, request, pending, at);
    case "wrong":
      await record(tx, request, pending, "wrong-code", at);
      return { kind: "wrong", attemptsLeft: verdict.attemptsLeft };
    case "blocked": {
      const block: Block = {
        since: at,
        until: verdict.until,
        reference: newReference(),
        because: "wrong-codes",
      };
      await storeBlock(tx, { challenge: pending, ...block, now: at });
      await record(tx, request, pending, "blocked-by-wrong-codes", at);
      await tellOfBlock(tx, request, pending, block, at);
      return blockedOutcome(pending, block);
    }
  }
}

async function letIn(
  tx: Database,
  request: TypedCode,
  pending: Pending,
  at: Date,
): Promise<VerifyOutcome> {
  const { client } = request;
  // Staff type a code at every sign-in: a place would be trusted for nothing.
  const trust = (request.trust ?? true) && !isStaff(pending.account?.role ?? "customer");
  if (!(await endChallenge(tx, pending.id, "used", at))) return { kind: "used" };
  await forgetAttempts(tx, subjectOf(pending), pending.place);
  const accountId =
    pending.purpose === "sign-up" ? await createAccount(tx, pending, at) : pending.accountId;
  if (accountId === null) return { kind: "address-taken" };
  const because = pending.purpose === "sign-up" ? "sign-up" : "code";
  const { network } = client;
  if (network !== null && (because === "sign-up" || trust)) {
    await trustPlace(tx, { accountId, network, because, now: at });
  }
  if (because === "sign-up") {
    await storeActivity(tx, { accountId, kind: "account-created", about: {}, client, at });
  } else {
    await resetCodesSinceRight(tx, accountId);
    if (network !== null && trust) {
      const about = { place: networkText(network) };
      await storeActivity(tx, { accountId, kind: "place-trusted", about, client, at });
      await sendNotice(tx, "place-trusted", toldOf(accountId, pending), client, at);
    }
  }
  const sessionId = await beginSession(tx, {
    accountId,
    because,
    verdict: "entered",
    judgedBecause: because === "code" ? "right-code" : "sign-up",
    codeSeconds: await secondsSinceSent(tx, pending, at),
    client,
    browserId: pending.browserId,
    now: at,
    // Whatever takes access away ends pending sign-ins, under the lock that is held here.
    accessVersion: null,
  });
  if (sessionId === null) throw new Error("A right code began no session.");
  const ticket = issueTicket({ sub: accountId, sid: sessionId });
  const { callbackPath, locale } = pending;
  return { kind: "right", ticket, callbackPath, locale: pending.account?.locale ?? locale };
}

/** From when the code had left; from when it was made, where that is not known yet. */
async function secondsSinceSent(tx: Database, pending: Pending, at: Date): Promise<number> {
  const sent = (await findCodeSentAt(tx, pending)) ?? pending.createdAt;
  return Math.max(0, Math.round((at.getTime() - sent.getTime()) / 1000));
}

async function record(
  tx: Database,
  request: TypedCode,
  pending: Pending,
  because: string,
  at: Date,
): Promise<void> {
  if (pending.purpose !== "sign-in" || pending.accountId === null) return;
  const { accountId } = pending;
  await recordJudgement(tx, {
    accountId,
    verdict: "refused",
    because,
    client: request.client,
    now: at,
  });
}

function blockedOutcome(pending: Pending, block: Block): VerifyOutcome {
  const maskedEmail = maskEmail(pending.email);
  const purpose = pending.purpose === "sign-up" ? "sign-up" : "sign-in";
  return { kind: "blocked", purpose, maskedEmail, ip: pending.ip, ...block };
}

/** Only a sign-in's owner is told: a sign-up's address may be a stranger's, and must not be flooded. */
async function tellOfBlock(
  tx: Database,
  request: TypedCode,
  pending: Pending,
  block: Block,
  at: Date,
): Promise<void> {
  if (pending.purpose !== "sign-in" || pending.accountId === null) return;
  const told = toldOf(pending.accountId, pending);
  await sendNotice(tx, "sign-in-blocked", told, request.client, at, block);
}

function toldOf(accountId: string, pending: Pending): Told {
  const { email, account } = pending;
  const locale = account?.locale ?? pending.locale;
  return { accountId, email, locale, timeZone: account?.timeZone ?? null };
}
