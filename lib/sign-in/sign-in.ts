import { type PasswordOffCause, passwordOffCause } from "@/lib/access/rules/password-off";
import { claimDailyMail } from "@/lib/account/daily-mail-store";
import { storeBrowserZone } from "@/lib/account/store";
import { supersedePending } from "@/lib/challenge/challenge-store";
import { type Block, liveAttempts } from "@/lib/challenge/rules/code-attempts";
import { CODES_WITHOUT_A_RIGHT_ONE } from "@/lib/challenge/rules/limits";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { HOURS_BETWEEN_WARNINGS } from "@/lib/mail/rules/limits";
import { doCounted, giveBack } from "@/lib/rate-limit/rate-window";
import { askForCode, isAsking } from "@/lib/sign-in/ask-for-code";
import { enterAtOnce, judgedBecause } from "@/lib/sign-in/enter-at-once";
import { knownFacts } from "@/lib/sign-in/known-facts";
import { sendNotice } from "@/lib/sign-in/notice-mail";
import {
  type FactorFacts,
  judgeSignIn,
  type SignInVerdict,
} from "@/lib/sign-in/rules/judge-sign-in";
import { knownHere } from "@/lib/sign-in/rules/known-here";
import {
  findFactorRecord,
  findSignInAccount,
  type SignInAccount,
} from "@/lib/sign-in/sign-in-account-store";
import { provenPassword, type SignInRequest, signInFilter } from "@/lib/sign-in/sign-in-request";
import { beginSession, recordJudgement } from "@/lib/sign-in/store";
import { type WaitsFor, waitsFor } from "@/lib/sign-in/waits-for";
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
      hasFactor: boolean;
      /** What the cookie of a trusted browser is to say from now on; null: it shows none. */
      trustedBrowser: BrowserKey | null;
      /** The session this browser had before, where it ended as this one began; null: it did not. */
      replaced: string | null;
    }
  /** Whether a mailed code is asked for, or a second factor. */
  | { kind: "code-asked" | "factor-asked"; challengeId: string; secret: string; locale: string }
  | ({ kind: "blocked"; maskedEmail: string } & Block)
  /** After so many codes: until a moment, or with null until the password is changed. */
  | { kind: "wait"; codes: number; until: Date | null; asked: WaitsFor }
  /** The password is right, and was switched off then. */
  | { kind: "password-off"; since: Date; because: PasswordOffCause }
  /** The password was changed, or the pending sign-in ended, while this was under way. */
  | { kind: "no-longer-proven" };

/**
 * Judges a sign-in (rules 1, 2, 7, 8 and 10) and carries the verdict out.
 *
 * @throws when the database cannot be reached
 */
export async function signIn(request: SignInRequest): Promise<SignInOutcome> {
  const { accountId, client, proof } = request;
  const held = [...((proof.kind === "password" && proof.counted) || [])];
  const outcome = await doCounted(database, held, () => judgeAndCarryOut(request, held));
  log.info({ accountId, network: networkKeyOf(client), outcome: outcome.kind }, "sign-in judged");
  return outcome;
}

/** @param held keys of the counts that hold the password: emptied where the attempt is given back */
async function judgeAndCarryOut(request: SignInRequest, held: string[]): Promise<SignInOutcome> {
  const now = readClock();
  const { proof } = request;
  const read = proof.kind === "password" ? proof.read : undefined;
  const account = read ?? (await gather(database, request, now));
  if (account === null) return { kind: "no-longer-proven" };
  const verdict = judge(request, account, await factorFacts(database, request, account, now), now);
  if (verdict.kind === "enter" && needsNoLock(request, account, verdict)) {
    const sessionId = await enterAtOnce(request, account, verdict, held, now);
    const { id: accountId, locale, hasFactor } = account;
    const { replaces: replaced = null } = request;
    const entered = { accountId, locale, hasFactor, trustedBrowser: null, replaced };
    // Else something was decided about the account meanwhile: judged again, under its lock.
    if (sessionId !== null) return { kind: "entered", sessionId, ...entered };
  }
  if (isAsking(verdict) && proof.kind === "password" && !account.trustedBrowser) {
    const asked = await askForCode(database, request, account, verdict, now, held);
    if (asked !== null) return asked;
  }
  await giveBack(database, held.splice(0));
  return inTransaction(async (tx) => {
    await lockSubject(tx, request.accountId);
    const locked = await gather(tx, request, now);
    if (locked === null) return { kind: "no-longer-proven" };
    const factor = await factorFacts(tx, request, locked, now);
    return carryOut(tx, request, locked, judge(request, locked, factor, now), now);
  });
}

function needsNoLock(request: SignInRequest, account: SignInAccount, verdict: SignInVerdict) {
  return (
    request.earlier === null &&
    account.trustedBrowser === null &&
    !notifiesOfBrowser(verdict, account)
  );
}

const gather = (database: Database, request: SignInRequest, now: Date) =>
  findSignInAccount(
    database,
    { id: request.accountId, passwordChangedAt: provenPassword(request) },
    signInFilter(request, now),
  );

/** What an account's second factor is judged by; null: it has none. */
async function factorFacts(
  database: Database,
  request: SignInRequest,
  account: SignInAccount,
  now: Date,
): Promise<FactorFacts | null> {
  if (!account.hasFactor) return null;
  const known = knownHere(knownFacts(request, account, now));
  const filter = signInFilter(request, now);
  const { attempts, ...record } = await findFactorRecord(database, account, known, filter);
  const browserBlock = liveAttempts(attempts, now).block;
  return { always: account.factorAlways, browserBlock, ...record };
}

function judge(
  request: SignInRequest,
  account: SignInAccount,
  factor: FactorFacts | null,
  now: Date,
): SignInVerdict {
  return judgeSignIn({
    now,
    passwordOff: passwordOffOf(account),
    ...knownFacts(request, account, now),
    factor,
    mode: env().verificationMode,
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
      return enter(tx, request, account, verdict, now);
    }
    case "ask-code":
    case "ask-factor": {
      const asked = await askForCode(tx, request, account, verdict, now);
      if (asked === null) throw new Error("An account changed under its lock.");
      return asked;
    }
    case "blocked": {
      await record(tx, request, "blocked", verdict.because, now);
      return { ...verdict, maskedEmail: maskEmail(account.email) };
    }
    case "wait": {
      await record(tx, request, "waits", verdict.because, now);
      if (await claimDailyMail(tx, account.id, "warnedAt", HOURS_BETWEEN_WARNINGS, now)) {
        const notified = { ...account, accountId: account.id };
        const waitsHere = verdict.because === "asked-too-often-here";
        const more = { until: verdict.until, waitsHere };
        await sendNotice(tx, "someone-knows-your-password", notified, request.client, now, more);
      }
      const codes = verdict.until === null ? CODES_WITHOUT_A_RIGHT_ONE : env().accountCodesPerHour;
      return { kind: "wait", codes, until: verdict.until, asked: waitsFor(verdict, account) };
    }
  }
}

async function enter(
  database: Database,
  request: SignInRequest,
  account: SignInAccount,
  verdict: Extract<SignInVerdict, { kind: "enter" }>,
  now: Date,
): Promise<SignInOutcome> {
  const sessionId = await beginSession(database, {
    accountId: account.id,
    because: verdict.because,
    verdict: "entered",
    judgedBecause: judgedBecause(verdict),
    client: request.client,
    browserId: request.browserId,
    now,
    // It was judged under the account's lock, which is held.
    accessVersion: null,
  });
  if (sessionId === null) return { kind: "no-longer-proven" };
  const { timeZone } = request.client;
  if (timeZone !== null && timeZone !== account.timeZone) {
    await storeBrowserZone(database, account.id, timeZone);
  }
  const shown = judgeShownBrowser(request.trustedBrowsers, account, now);
  const trustedBrowser =
    account.trustedBrowser !== null && shown.kind === "trusted"
      ? await renewTrustedBrowser(database, { ...account.trustedBrowser, renew: shown.renew }, now)
      : null;
  const { id: accountId, locale, hasFactor } = account;
  const entered = { accountId, sessionId, locale, hasFactor };
  return { kind: "entered", ...entered, trustedBrowser, replaced: null };
}

function record(tx: Database, request: SignInRequest, verdict: string, because: string, now: Date) {
  const { accountId, client } = request;
  return recordJudgement(tx, { accountId, verdict, because, client, now });
}
