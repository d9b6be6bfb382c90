import type { PendingEnd } from "@/lib/access/rules/causes";
import { isStaffRole } from "@/lib/account/roles";
import { type CodeWay, codeWays } from "@/lib/challenge/code-way";
import { judgePending } from "@/lib/challenge/judge-pending";
import type { DoorPending, PendingCookie } from "@/lib/challenge/pending-store";
import type { Block } from "@/lib/challenge/rules/code-attempts";
import type { TryVerdict } from "@/lib/challenge/rules/judge-code";
import { hasResendsLeft } from "@/lib/challenge/rules/judge-resend";
import { countryCodeOf } from "@/lib/client/country";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { usablePasskeys } from "@/lib/passkeys/usable-passkeys";
import { type PassCause, readPassCause } from "@/lib/sign-in/rules/judge-pass";
import { findShownPending, type ShownPending } from "@/lib/sign-in/shown-pending-store";
import { judgePendingPass } from "@/lib/sign-in/use-pass";
import { shownEmail } from "@/lib/typed/email-address";
import { maskEmail } from "@/lib/typed/mask-email";

/** What `/verify` shows of this browser's pending sign-in or sign-up. */
export type PendingPage = {
  id: string;
  purpose: "sign-in" | "sign-up";
  /** What is asked for: a mailed code, or a second factor. */
  asks: "code" | "factor";
  /** Whether one of the account's passkeys may answer. */
  hasPasskeys: boolean;
  /** Whether the place is known, and so not to be trusted anew. */
  placeKnown: boolean;
  /** A sign-in of staff: asked for a code everywhere, and no network is trusted by it. */
  isOfStaff: boolean;
  /** Masked: whoever knows a password is not shown the mailbox. Whole at a sign-up, to who typed it. */
  shownEmail: string;
  /** Each address the code goes to, the one it is asked for with first, and how far its mail has come. */
  mails: CodeWay[];
  /** The language that its mails are in. */
  mailLocale: string;
  /** Whether they may still be sent again. */
  canResend: boolean;
  ip: string | null;
  /** Where that address is, approximately. */
  countryCode: string | null;
  expiresAt: Date;
  attemptsLeft: number;
  /** Of a sign-in: what is read out to support. */
  reference: string | null;
  /**
   * Of a sign-in: what is typed where its customer is in already, to let it in; null: none was free. Only who
   * waits for a mailed code is shown it: nobody is let in around a second factor.
   */
  letInNumber: number | null;
  /** Until when this sign-in may go on without its code; null: it may not. */
  passUntil: Date | null;
  /** Who lets it, or did. */
  passBecause: PassCause;
  /** The customer's zone once the password was right; null: the installation's. */
  timeZone: string | null;
  state:
    | { kind: "open" }
    | { kind: "expired" }
    | { kind: "used" }
    | { kind: "superseded" }
    | { kind: "password-changed" }
    | { kind: "shut-out"; because: PendingEnd }
    | { kind: "block-over" }
    | ({ kind: "blocked" } & Block);
};

/** Reads the pending sign-in for its page. Null: there is none to explain. Changes nothing. */
export async function readPendingPage(cookie: PendingCookie | null): Promise<PendingPage | null> {
  if (cookie === null) return null;
  const now = readClock();
  const pending = await findShownPending(database, cookie, now);
  if (pending === null) return null;
  const { verdict, attemptsLeft } = judgePending(pending, now);
  const pass = await judgePendingPass(database, pending, pending.network, now);
  const passUntil = pass.kind === "admitted" ? pending.passUntil : null;
  return {
    id: pending.id,
    purpose: pending.purpose,
    asks: pending.asks,
    hasPasskeys: await hasPasskeys(pending),
    placeKnown: pending.knownBy !== null,
    isOfStaff: pending.purpose === "sign-in" && isStaffRole(pending.account.role),
    shownEmail: showTo(pending, pending.email),
    mails: mailsOf(pending, now),
    // A sign-up must not show the language of the account that its address may have either.
    mailLocale: pending.purpose === "sign-in" ? pending.account.locale : pending.locale,
    canResend: hasResendsLeft(pending),
    ip: pending.ip,
    countryCode: pending.ip === null ? null : countryCodeOf(pending.ip),
    expiresAt: pending.expiresAt,
    attemptsLeft,
    reference: pending.reference,
    letInNumber: pending.letInNumber,
    passUntil,
    passBecause: readPassCause(pending.passBecause),
    // A sign-up must not show the zone of the account that its address may have.
    timeZone: pending.purpose === "sign-in" ? pending.account.timeZone : null,
    state: stateOf(verdict, passUntil),
  };
}

/** Whoever is asked for a factor has proven the password: they may know what there is. */
async function hasPasskeys(pending: ShownPending): Promise<boolean> {
  if (pending.purpose !== "sign-in" || pending.asks !== "factor") return false;
  return (await usablePasskeys(pending.accountId)).length > 0;
}

/** Only the browser that typed the address of a sign-up has its cookie, and must be able to see a typo. */
const showTo = ({ purpose }: DoorPending, email: string): string =>
  purpose === "sign-up" ? shownEmail(email) : maskEmail(email);

function mailsOf(pending: ShownPending, now: Date): CodeWay[] {
  if (pending.asks === "factor") return [];
  // The further addresses of the account that a sign-up's address may have get no code of it.
  const further = pending.purpose === "sign-up" ? [] : pending.further;
  const show = (email: string) => showTo(pending, email);
  return codeWays([pending.email, ...further], pending, { now, show });
}

/** A sign-in that is let through is open, also when its code has ended. */
function stateOf(verdict: TryVerdict, passUntil: Date | null): PendingPage["state"] {
  if (passUntil !== null || verdict.kind === "admitted" || verdict.kind === "network-changed") {
    return { kind: "open" };
  }
  return verdict;
}
