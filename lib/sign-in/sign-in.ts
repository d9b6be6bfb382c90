import { hashSecret, newSecret } from "@/lib/auth/secrets";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { sendChallengeMail } from "@/lib/sign-in/challenge-mail";
import {
  type PendingCookie,
  storeChallenge,
  supersedePending,
} from "@/lib/sign-in/challenge-store";
import { type Client, placeOf } from "@/lib/sign-in/client";
import { presentSecretId } from "@/lib/sign-in/code";
import { sendNotice } from "@/lib/sign-in/notice-mail";
import { liveAttempts } from "@/lib/sign-in/rules/code-attempts";
import { judgeSignIn, type SignInVerdict } from "@/lib/sign-in/rules/judge-sign-in";
import { CODES_WITHOUT_A_RIGHT_ONE, HOURS_BETWEEN_WARNINGS } from "@/lib/sign-in/rules/limits";
import { maskEmail } from "@/lib/sign-in/rules/mask-email";
import {
  type AccountAtPlace,
  beginSession,
  claimDailyMail,
  type Database,
  database,
  findAccountAtPlace,
  inTransaction,
  lockSubject,
  recordJudgement,
} from "@/lib/sign-in/store";

/** What becomes of a sign-in with the right password. */
export type SignInOutcome =
  | { kind: "entered"; accountId: string; sessionId: string; locale: string }
  | { kind: "code-asked"; challengeId: string; secret: string; locale: string }
  | { kind: "blocked"; until: Date; reference: string; maskedEmail: string }
  /** After so many codes: until a moment, or with null until the password is changed. */
  | { kind: "wait"; codes: number; until: Date | null }
  /** The password was changed, or the pending sign-in ended, while this was under way. */
  | { kind: "no-longer-proven" };

/**
 * What makes the request a customer's: the password that was set at a moment, or this browser's
 * earlier pending sign-in, which must still be open and ends with it.
 */
export type Proof = { kind: "password"; changedAt: Date } | { kind: "pending" };

/** A sign-in whose password was right. */
export type SignInRequest = {
  accountId: string;
  proof: Proof;
  client: Client;
  /** The id in this browser's own cookie. */
  browserId: string;
  /** The local path to go to once in. */
  callbackPath: string | null;
  /** This browser's pending sign-in before this one, which ends. */
  earlier: PendingCookie | null;
};

/**
 * Judges a sign-in (rules 1, 2, 7, 8 and 10) and carries the verdict out.
 *
 * @throws when the database cannot be reached
 */
export async function signIn(request: SignInRequest): Promise<SignInOutcome> {
  const outcome = await judgeAndCarryOut(request);
  const { accountId, client } = request;
  log.info({ accountId, place: placeOf(client), outcome: outcome.kind }, "sign-in judged");
  return outcome;
}

async function judgeAndCarryOut(request: SignInRequest): Promise<SignInOutcome> {
  const at = now();
  const account = await gather(database, request, at);
  if (account === null) return { kind: "no-longer-proven" };
  const verdict = judge(account, at);
  if (verdict.kind === "enter" && request.earlier === null && !tellsOfBrowser(verdict)) {
    return enter(database, request, account, verdict, at);
  }
  return inTransaction(async (tx) => {
    await lockSubject(tx, request.accountId);
    const locked = await gather(tx, request, at);
    if (locked === null) return { kind: "no-longer-proven" };
    return carryOut(tx, request, locked, judge(locked, at), at);
  });
}

const provenPassword = ({ proof }: SignInRequest) =>
  proof.kind === "password" ? proof.changedAt : null;

async function gather(database: Database, request: SignInRequest, at: Date) {
  const { accountId, client, browserId } = request;
  return findAccountAtPlace(
    database,
    {
      accountId,
      ip: client.ip,
      place: placeOf(client),
      browserId,
      passwordChangedAt: provenPassword(request),
    },
    { now: at, codesPerHour: env().accountCodesPerHour },
  );
}

function judge(account: AccountAtPlace, at: Date): SignInVerdict {
  return judgeSignIn({
    now: at,
    mode: env().verificationMode,
    placeTrusted: account.placeTrusted,
    browserSeenHere: account.browserSeenHere,
    block: liveAttempts(account.attempts, at).block,
    codesLastHour: account.codesLastHour,
    codesSinceRight: account.codesSinceRight,
    accountCodesPerHour: env().accountCodesPerHour,
  });
}

const tellsOfBrowser = (verdict: SignInVerdict) =>
  verdict.kind === "enter" && verdict.because === "known-place" && verdict.newBrowser;

async function carryOut(
  tx: Database,
  request: SignInRequest,
  account: AccountAtPlace,
  verdict: SignInVerdict,
  at: Date,
): Promise<SignInOutcome> {
  const ended = await supersedePending(tx, request.earlier, at);
  if (request.proof.kind === "pending" && !ended) return { kind: "no-longer-proven" };
  switch (verdict.kind) {
    case "enter": {
      if (tellsOfBrowser(verdict)) {
        await sendNotice(
          tx,
          "new-browser",
          { ...account, accountId: account.id },
          request.client,
          at,
        );
      }
      return enter(tx, request, account, verdict, at);
    }
    case "ask-code":
      return askCode(tx, request, account, at);
    case "blocked": {
      await record(tx, request, "blocked", "wrong-codes", at);
      const { until, reference } = verdict;
      return { kind: "blocked", until, reference, maskedEmail: maskEmail(account.email) };
    }
    case "wait": {
      await record(tx, request, "waits", verdict.because, at);
      if (await claimDailyMail(tx, account.id, "warnedAt", HOURS_BETWEEN_WARNINGS, at)) {
        const told = { ...account, accountId: account.id };
        await sendNotice(tx, "someone-knows-your-password", told, request.client, at, verdict);
      }
      const codes =
        verdict.because === "codes-used-up" ? env().accountCodesPerHour : CODES_WITHOUT_A_RIGHT_ONE;
      return { kind: "wait", codes, until: verdict.until };
    }
  }
}

async function enter(
  database: Database,
  request: SignInRequest,
  account: AccountAtPlace,
  verdict: Extract<SignInVerdict, { kind: "enter" }>,
  at: Date,
): Promise<SignInOutcome> {
  const observed = verdict.because === "not-asked" && verdict.instead !== null;
  const sessionId = await beginSession(database, {
    accountId: account.id,
    because: verdict.because,
    verdict: "entered",
    judgedBecause: observed ? `observed: ${verdict.instead}` : verdict.because,
    client: request.client,
    browserId: request.browserId,
    now: at,
    passwordChangedAt: provenPassword(request),
  });
  if (sessionId === null) return { kind: "no-longer-proven" };
  return { kind: "entered", accountId: account.id, sessionId, locale: account.locale };
}

async function askCode(
  tx: Database,
  request: SignInRequest,
  account: AccountAtPlace,
  at: Date,
): Promise<SignInOutcome> {
  const { client } = request;
  const secret = newSecret();
  const challenge = await storeChallenge(tx, {
    purpose: "sign-in",
    accountId: account.id,
    email: account.email,
    place: placeOf(client),
    client,
    browserId: request.browserId,
    secretHash: hashSecret(secret),
    secretId: presentSecretId(),
    registration: null,
    locale: account.locale,
    callbackPath: request.callbackPath,
    now: at,
    lifetimeMinutes: env().codeLifetimeMinutes,
  });
  await record(tx, request, "asked-for-code", "new-place", at);
  await sendChallengeMail(tx, { ...challenge, account }, at);
  return { kind: "code-asked", challengeId: challenge.id, secret, locale: account.locale };
}

function record(tx: Database, request: SignInRequest, verdict: string, because: string, at: Date) {
  const { accountId, client } = request;
  return recordJudgement(tx, { accountId, verdict, because, client, now: at });
}
