import { type PasswordOffCause, passwordOffCause } from "@/lib/access/rules/password-off";
import { claimDailyMail } from "@/lib/account/daily-mail-store";
import { isStaff } from "@/lib/account/roles";
import { type PendingCookie, supersedePending } from "@/lib/challenge/challenge-store";
import { openChallenge } from "@/lib/challenge/open-challenge";
import { type Block, liveAttempts } from "@/lib/challenge/rules/code-attempts";
import { CODES_WITHOUT_A_RIGHT_ONE } from "@/lib/challenge/rules/limits";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { HOURS_BETWEEN_WARNINGS } from "@/lib/mail/rules/limits";
import { doCounted, giveBack } from "@/lib/rate-limit/rate-window";
import { sendNotice } from "@/lib/sign-in/notice-mail";
import { judgeSignIn, type SignInVerdict } from "@/lib/sign-in/rules/judge-sign-in";
import {
  findSignInAccount,
  type SignInAccount,
  type SignInFilter,
} from "@/lib/sign-in/sign-in-account-store";
import { beginSession, recordJudgement } from "@/lib/sign-in/store";
import { endCopiedBrowser, judgeShownBrowser } from "@/lib/trusted-browser/shown-browser";
import { type BrowserKey, renewTrustedBrowser } from "@/lib/trusted-browser/store";
import { maskEmail } from "@/lib/typed/mask-email";

/** What becomes of a sign-in with the right password. */
export type SignInOutcome =
  | {
      kind: "entered";
      accountId: string;
      sessionId: string;
      locale: string;
      /** What the cookie of a trusted browser is to say from now on; null: it shows none. */
      trustedBrowser: BrowserKey | null;
      /** The session that this browser had before and that ended with it; null: none. */
      replaced: string | null;
    }
  | { kind: "code-asked"; challengeId: string; secret: string; locale: string }
  | ({ kind: "blocked"; maskedEmail: string } & Block)
  /** After so many codes: until a moment, or with null until the password is changed. */
  | { kind: "wait"; codes: number; until: Date | null }
  /** The password is right, and was switched off then. */
  | { kind: "password-off"; since: Date; because: PasswordOffCause }
  /** The password was changed, or the pending sign-in ended, while this was under way. */
  | { kind: "no-longer-proven" };

/**
 * What makes the request a customer's: the password that was set at a moment, or this browser's
 * earlier pending sign-in, which must still be open and ends with it.
 */
export type Proof =
  | {
      kind: "password";
      changedAt: Date;
      /** The account as it was read with the password; it is read here where that is left out. */
      read?: SignInAccount;
      /** Keys of the counts that hold the password as an attempt: it is given back here. */
      counted?: string[];
    }
  | { kind: "pending" };

/** The browser that a sign-in comes from. */
export type Asking = {
  client: Client;
  /** The id in this browser's own cookie. */
  browserId: string;
  /** What this browser shows of the accounts that trust it; nothing if left out. */
  trustedBrowsers?: BrowserKey[];
};

/** A sign-in whose password was right. */
export type SignInRequest = Asking & {
  accountId: string;
  proof: Proof;
  /** The local path to go to once in. */
  callbackPath: string | null;
  /** This browser's pending sign-in before this one, which ends. */
  earlier: PendingCookie | null;
  /** The session that this browser has, which ends where another begins. */
  replaces?: string | null;
};

/**
 * Judges a sign-in (rules 1, 2, 7, 8 and 10) and carries the verdict out.
 *
 * @throws when the database cannot be reached
 */
export async function signIn(request: SignInRequest): Promise<SignInOutcome> {
  const outcome = await judgeAndCarryOut(request);
  const { accountId, client } = request;
  log.info({ accountId, network: networkKeyOf(client), outcome: outcome.kind }, "sign-in judged");
  return outcome;
}

async function judgeAndCarryOut(request: SignInRequest): Promise<SignInOutcome> {
  const now = readClock();
  const { proof } = request;
  const counted = (proof.kind === "password" && proof.counted) || [];
  return doCounted(database, counted, async () => {
    const known = await enterKnown(request, counted, now);
    if (known !== null) return known;
    return inTransaction(async (tx) => {
      await lockSubject(tx, request.accountId);
      const locked = await gather(tx, request, now);
      const outcome: SignInOutcome =
        locked === null
          ? { kind: "no-longer-proven" }
          : await carryOut(tx, request, locked, judge(request, locked, now), now);
      // Last, for the count may be that of a whole network, which waits for it.
      await giveBack(tx, counted);
      return outcome;
    });
  });
}

/** Lets a sign-in in that needs no lock; null: it is judged, or judged again, under the account's lock. */
async function enterKnown(
  request: SignInRequest,
  counted: string[],
  now: Date,
): Promise<SignInOutcome | null> {
  const { proof } = request;
  const read = proof.kind === "password" ? proof.read : undefined;
  const account = read ?? (await gather(database, request, now));
  if (account === null) return { kind: "no-longer-proven" };
  const verdict = judge(request, account, now);
  if (verdict.kind !== "enter" || !needsNoLock(request, account, verdict)) return null;
  return enter(database, request, account, verdict, now, { counted });
}

function needsNoLock(request: SignInRequest, account: SignInAccount, verdict: SignInVerdict) {
  return (
    request.earlier === null &&
    account.trustedBrowser === null &&
    !notifiesOfBrowser(verdict, account)
  );
}

const provenPassword = ({ proof }: SignInRequest) =>
  proof.kind === "password" ? proof.changedAt : null;

async function gather(database: Database, request: SignInRequest, now: Date) {
  const account = { id: request.accountId, passwordChangedAt: provenPassword(request) };
  return findSignInAccount(database, account, signInFilter(request, now));
}

/** By what an account is read for a sign-in. */
export const signInFilter = (
  { client, browserId, trustedBrowsers = [] }: Asking,
  now: Date,
): SignInFilter => ({
  ip: client.ip,
  network: networkKeyOf(client),
  browserId,
  trustedBrowserIds: trustedBrowsers.map(({ id }) => id),
  now,
  codesPerHour: env().accountCodesPerHour,
});

function judge(request: SignInRequest, account: SignInAccount, now: Date): SignInVerdict {
  return judgeSignIn({
    now,
    passwordOff: passwordOffOf(account),
    isStaff: isStaff(account.role),
    browserTrusted: judgeShownBrowser(request.trustedBrowsers, account, now).kind === "trusted",
    mode: env().verificationMode,
    // A range holds many networks, and each would have tries of its own.
    networkTrusted: isStaff(account.role) ? account.networkItselfTrusted : account.networkTrusted,
    browserSeenHere: account.browserSeenHere,
    block: liveAttempts(account.attempts, now).block,
    codesLastHour: account.codesLastHour,
    codesSinceRight: account.codesSinceRight,
    accountCodesPerHour: env().accountCodesPerHour,
  });
}

function passwordOffOf({ passwordOffAt: since, passwordOffBecause }: SignInAccount) {
  const because = passwordOffCause(passwordOffBecause);
  return since && { since, because };
}

const notifiesOfBrowser = (verdict: SignInVerdict, { notifyOfNewBrowsers }: SignInAccount) =>
  verdict.kind === "enter" &&
  verdict.because === "known-place" &&
  verdict.newBrowser &&
  notifyOfNewBrowsers;

async function carryOut(
  tx: Database,
  request: SignInRequest,
  account: SignInAccount,
  verdict: SignInVerdict,
  now: Date,
): Promise<SignInOutcome> {
  const ended = await supersedePending(tx, request.earlier, now);
  if (request.proof.kind === "pending" && !ended) return { kind: "no-longer-proven" };
  await endCopiedBrowser(tx, request, account, now);
  switch (verdict.kind) {
    case "password-off":
      await record(tx, request, "refused", "password-off", now);
      return verdict;
    case "enter": {
      if (notifiesOfBrowser(verdict, account)) {
        await sendNotice(
          tx,
          "new-browser",
          { ...account, accountId: account.id },
          request.client,
          now,
        );
      }
      const entered = await enter(tx, request, account, verdict, now);
      return entered ?? { kind: "no-longer-proven" };
    }
    case "ask-code": {
      await record(tx, request, "asked-for-code", "new-place", now);
      const { client, browserId, callbackPath } = request;
      const asking = { purpose: "sign-in", account, client, browserId, callbackPath } as const;
      const asked = await openChallenge(tx, asking, now);
      return { kind: "code-asked", ...asked, locale: account.locale };
    }
    case "blocked": {
      await record(tx, request, "blocked", verdict.because, now);
      return { ...verdict, maskedEmail: maskEmail(account.email) };
    }
    case "wait": {
      await record(tx, request, "waits", verdict.because, now);
      if (await claimDailyMail(tx, account.id, "warnedAt", HOURS_BETWEEN_WARNINGS, now)) {
        const notified = { ...account, accountId: account.id };
        await sendNotice(tx, "someone-knows-your-password", notified, request.client, now, verdict);
      }
      const codes =
        verdict.because === "codes-used-up" ? env().accountCodesPerHour : CODES_WITHOUT_A_RIGHT_ONE;
      return { kind: "wait", codes, until: verdict.until };
    }
  }
}

/** Null: the account is to be judged again, under its lock. */
async function enter(
  database: Database,
  request: SignInRequest,
  account: SignInAccount,
  verdict: Extract<SignInVerdict, { kind: "enter" }>,
  now: Date,
  unlocked?: { counted: string[] },
): Promise<SignInOutcome | null> {
  const observed = verdict.because === "not-asked" && verdict.instead !== null;
  const { timeZone } = request.client;
  const { replaces: replaced = null } = request;
  const sessionId = await beginSession(database, {
    accountId: account.id,
    because: verdict.because,
    verdict: "entered",
    judgedBecause: observed ? `observed: ${verdict.instead}` : verdict.because,
    client: request.client,
    browserId: request.browserId,
    now,
    accessVersion: unlocked === undefined ? null : account.accessVersion,
    passwordChangedAt: provenPassword(request),
    replaces: replaced,
    timeZone: timeZone === account.timeZone ? null : timeZone,
    counted: unlocked?.counted,
  });
  if (sessionId === null) return null;
  const shown = judgeShownBrowser(request.trustedBrowsers, account, now);
  const trustedBrowser =
    account.trustedBrowser !== null && shown.kind === "trusted"
      ? await renewTrustedBrowser(database, { ...account.trustedBrowser, renew: shown.renew }, now)
      : null;
  const { id: accountId, locale } = account;
  return { kind: "entered", accountId, sessionId, locale, trustedBrowser, replaced };
}

function record(tx: Database, request: SignInRequest, verdict: string, because: string, now: Date) {
  const { accountId, client } = request;
  return recordJudgement(tx, { accountId, verdict, because, client, now });
}
