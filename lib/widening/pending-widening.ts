import type { Actor } from "@/lib/account/actor";
import { findAudience } from "@/lib/account/change-store";
import { endHeld } from "@/lib/challenge/challenge-store";
import { findCodeMails } from "@/lib/challenge/code-mail-store";
import { type CodeWay, codeWays } from "@/lib/challenge/code-way";
import { judgePending } from "@/lib/challenge/judge-pending";
import { findHeld, type Pending } from "@/lib/challenge/pending-store";
import { hasResendsLeft } from "@/lib/challenge/rules/judge-resend";
import { readResendTo } from "@/lib/challenge/rules/resend-to";
import { type SentAgain, sendAgain } from "@/lib/challenge/send-again";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { database, inTransaction } from "@/lib/db/transaction";
import { usablePasskeys } from "@/lib/passkeys/usable-passkeys";
import { maskEmail } from "@/lib/typed/mask-email";
import { heldBy } from "@/lib/widening/store";
import { type WideningRequest, wideningRequestOf } from "@/lib/widening/widening-request";

type Session = Actor["session"];

/** What `/account/confirm` shows of the request that waits for its code. */
export type PendingWidening = {
  id: string;
  request: WideningRequest;
  /** What is asked for: a mailed code, or a second factor, of which nothing is mailed. */
  asks: "code" | "factor";
  maskedEmail: string;
  /** Each address the code goes to, the contact e-mail first, and how far its mail has come. */
  mails: CodeWay[];
  /** The language that its mails are in. */
  mailLocale: string;
  /** Whether they may still be sent again. */
  canResend: boolean;
  expiresAt: Date;
  attemptsLeft: number;
  /** Whether one of the account's passkeys may answer. */
  hasPasskeys: boolean;
  state:
    | { kind: "open" }
    | { kind: "expired" }
    | { kind: "used" }
    | { kind: "block-over" }
    | { kind: "blocked"; until: Date; reference: string };
};

/**
 * Reads a session's pending request for its page. Null: there is none to explain. Changes nothing.
 */
export async function readPendingWidening(session: Session): Promise<PendingWidening | null> {
  const now = readClock();
  const pending = await findHeld(database, heldBy(session.id), now);
  if (pending === null) return null;
  const { verdict, attemptsLeft } = judgePending(pending, now);
  const { kind } = verdict;
  // The latest request of a session is never superseded, and what shuts people out ends the session
  // itself, but for another contact e-mail: the code went to the one before.
  if (kind === "superseded" || kind === "password-changed" || kind === "shut-out") return null;
  return {
    id: pending.id,
    request: wideningRequestOf(pending),
    asks: pending.asks,
    maskedEmail: maskEmail(pending.email),
    mails: await mailsOf(pending, now),
    mailLocale: pending.account?.locale ?? pending.locale,
    canResend: hasResendsLeft(pending),
    expiresAt: pending.expiresAt,
    attemptsLeft,
    hasPasskeys: pending.asks === "factor" && (await usablePasskeys(session.accountId)).length > 0,
    state: kind === "admitted" || kind === "network-changed" ? { kind: "open" } : verdict,
  };
}

async function mailsOf(pending: Pending, now: Date): Promise<CodeWay[]> {
  if (pending.asks === "factor") return [];
  const { accountId, email, ip } = pending;
  const found = await findCodeMails(database, pending.id);
  const { further } =
    accountId === null
      ? { further: [] }
      : await findAudience(database, { accountId, ip, before: now });
  return codeWays([email, ...further], found, { now, show: maskEmail });
}

/**
 * Mails the code of a session's pending request again. `over`: the page explains it.
 *
 * @param named what the pressed button says of the one address that it is for; null: all that the code goes to
 */
export async function resendWideningCode(
  session: Session,
  named: string | null = null,
): Promise<SentAgain> {
  return inTransaction(async (tx) => {
    await lockSubject(tx, session.accountId);
    const now = readClock();
    const pending = await findHeld(tx, heldBy(session.id), now);
    return pending === null ? { kind: "over" } : sendAgain(tx, pending, now, readResendTo(named));
  });
}

/** Takes a session's pending request back; false when none was open. */
export function cancelWidening(session: Session): Promise<boolean> {
  return inTransaction(async (tx) => {
    await lockSubject(tx, session.accountId);
    return endHeld(tx, heldBy(session.id), "cancelled", readClock());
  });
}

/** The id of the credential that a session's request is to add; null: it waits for none. */
export async function waitingPasskey(session: Session): Promise<string | null> {
  const pending = await readPendingWidening(session);
  const isOpen = pending?.state.kind === "open";
  return isOpen && pending.request.kind === "add-passkey"
    ? pending.request.passkey.credentialId
    : null;
}
