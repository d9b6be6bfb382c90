import { passwordOffCause } from "@/lib/access/rules/password-off";
import { isStaff } from "@/lib/account/roles";
import { storeBrowserZone } from "@/lib/account/store";
import { supersedePending } from "@/lib/challenge/challenge-store";
import type { PendingCookie } from "@/lib/challenge/pending-store";
import { liveAttempts } from "@/lib/challenge/rules/code-attempts";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import type { CeremonyHolder } from "@/lib/passkeys/ceremony-store";
import type { SentAnswer } from "@/lib/passkeys/judge-new-passkey";
import {
  judgeTaken,
  ownerOfAnswer,
  type TakenAnswer,
  takeAnswer,
} from "@/lib/passkeys/judge-passkey-answer";
import type { PasskeyRefusal } from "@/lib/passkeys/rules/judge-answer";
import { knownFacts } from "@/lib/sign-in/known-facts";
import { judgePasskey } from "@/lib/sign-in/rules/judge-passkey";
import { knownHere } from "@/lib/sign-in/rules/known-here";
import type { SignInOutcome } from "@/lib/sign-in/sign-in";
import {
  findFactorRecord,
  findSignInAccount,
  type SignInAccount,
} from "@/lib/sign-in/sign-in-account-store";
import { type Asking, signInFilter } from "@/lib/sign-in/sign-in-request";
import { beginSession, recordJudgement } from "@/lib/sign-in/store";
import { maskEmail } from "@/lib/typed/mask-email";

/** What becomes of a passkey that is used instead of the password. A refusal costs no attempt. */
export type PasskeySignInOutcome =
  | Extract<SignInOutcome, { kind: "entered" | "blocked" | "password-off" }>
  | PasskeyRefused;

/** `unknownKey`: of one that nobody has, its credential's id, which the browser may forget. */
export type PasskeyRefused = {
  kind: "passkey-refused";
  because: PasskeyRefusal;
  page: "/login" | "/verify";
  unknownKey: string | null;
};

/** A passkey's answer instead of the password. */
export type PasskeySignInRequest = Asking & {
  sent: SentAnswer;
  /** This browser's pending sign-in before this one, which ends. */
  earlier: PendingCookie | null;
};

/** Whom the ceremony of a sign-in belongs to: a browser, and nobody else yet. */
export const signInHolder = (browserId: string): CeremonyHolder => ({
  ...{ purpose: "sign-in", browserId },
  ...{ accountId: null, sessionId: null, challengeId: null },
});

/**
 * Signs in with a passkey instead of the password, and instead of a code: it is something that its owner has
 * and, with its user verified, something that they are or know. The network does not become trusted by it.
 *
 * @throws when the database cannot be reached
 */
export async function signInByPasskey(
  request: PasskeySignInRequest,
): Promise<PasskeySignInOutcome> {
  const outcome = await judgeAndCarryOut(request);
  const because = outcome.kind === "passkey-refused" ? outcome.because : undefined;
  const network = networkKeyOf(request.client);
  const accountId = outcome.kind === "entered" ? outcome.accountId : undefined;
  log.info({ accountId, network, outcome: outcome.kind, because }, "sign-in by passkey judged");
  return outcome;
}

async function judgeAndCarryOut(request: PasskeySignInRequest): Promise<PasskeySignInOutcome> {
  const taken = await takeAnswer(request.sent, signInHolder(request.browserId));
  if (taken.kind === "refused") return refused(taken.because);
  const owner = await ownerOfAnswer(taken.taken);
  if (owner === null) {
    const verdict = await judgeTaken(database, taken.taken, null, readClock());
    const because = verdict.kind === "refused" ? verdict.because : "unknown-key";
    return refused(because, because === "unknown-key" ? taken.taken.answer.id : null);
  }
  return inTransaction(async (tx) => {
    await lockSubject(tx, owner);
    return judgeLocked(tx, request, taken.taken, owner);
  });
}

const refused = (because: PasskeyRefusal, unknownKey: string | null = null): PasskeyRefused => ({
  ...{ kind: "passkey-refused", because, page: "/login", unknownKey },
});

async function judgeLocked(
  tx: Database,
  request: PasskeySignInRequest,
  taken: TakenAnswer,
  accountId: string,
): Promise<PasskeySignInOutcome> {
  const now = readClock();
  const answer = await judgeTaken(tx, taken, accountId, now);
  // Removed meanwhile: nobody has it any more.
  if (answer.kind === "refused") {
    const { because } = answer;
    return refused(because, because === "unknown-key" ? taken.answer.id : null);
  }
  const account = await findSignInAccount(
    tx,
    { id: accountId, passwordChangedAt: null },
    signInFilter(request, now),
  );
  if (account === null) return refused("unknown-key");
  await supersedePending(tx, request.earlier, now);
  const verdict = await judge(tx, request, account, now);
  const { client } = request;
  switch (verdict.kind) {
    case "password-off":
      await record(tx, request, account, "refused", "password-off", now);
      return verdict;
    case "blocked":
      await record(tx, request, account, "blocked", verdict.because, now);
      return { ...verdict, maskedEmail: maskEmail(account.email) };
    case "enter": {
      const sessionId = await beginSession(tx, {
        ...{ accountId, because: "passkey", verdict: "entered", judgedBecause: "passkey" },
        ...{ client, browserId: request.browserId, now },
        // Two consents: what only signs in is no second step; of staff whatever lets in has to be both.
        provesFactor: answer.isSecondStep || isStaff(account.role),
        // It was judged under the account's lock, which is held.
        accessVersion: null,
      });
      if (sessionId === null) throw new Error("A passkey began no session.");
      const { timeZone } = client;
      if (timeZone !== null && timeZone !== account.timeZone) {
        await storeBrowserZone(tx, accountId, timeZone);
      }
      const { locale, hasFactor } = account;
      const none = { trustedBrowser: null, replaced: null };
      return { kind: "entered", accountId, sessionId, locale, hasFactor, ...none };
    }
  }
}

async function judge(
  tx: Database,
  request: PasskeySignInRequest,
  account: SignInAccount,
  now: Date,
) {
  const { passwordOffAt: since, passwordOffBecause } = account;
  const known = knownHere(knownFacts(request, account, now));
  const { attempts } = await findFactorRecord(tx, account, known, signInFilter(request, now));
  return judgePasskey({
    passwordOff: since && { since, because: passwordOffCause(passwordOffBecause) },
    isStaff: isStaff(account.role),
    known,
    block: liveAttempts(account.attempts, now).block,
    browserBlock: liveAttempts(attempts, now).block,
  });
}

const record = (
  tx: Database,
  { client }: PasskeySignInRequest,
  { id: accountId }: SignInAccount,
  verdict: string,
  because: string,
  now: Date,
) => recordJudgement(tx, { accountId, verdict, because, client, now });
