import type { Actor } from "@/lib/account/actor";
import { sendChallengeMail } from "@/lib/challenge/challenge-mail";
import {
  claimResend,
  findAttempts,
  type Pending,
  subjectOf,
} from "@/lib/challenge/challenge-store";
import { pendingFacts } from "@/lib/challenge/judge-pending";
import { judgeTry } from "@/lib/challenge/rules/judge-code";
import { judgeResend } from "@/lib/challenge/rules/judge-resend";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { maskEmail } from "@/lib/sign-in/rules/mask-email";
import { type Database, database, inTransaction, lockSubject } from "@/lib/sign-in/store";
import { endWidenings, findPendingWidening } from "@/lib/widening/store";
import { type Wish, wishSchema } from "@/lib/widening/wish";

type Session = Actor["session"];

/** What `/account/confirm` shows of the wish that waits for its code. */
export type PendingWidening = {
  id: string;
  wish: Wish;
  maskedEmail: string;
  expiresAt: Date;
  attemptsLeft: number;
  state:
    | { kind: "open" }
    | { kind: "expired" }
    | { kind: "used" }
    | { kind: "block-over" }
    | { kind: "blocked"; until: Date; reference: string };
};

async function judged(database: Database, pending: Pending, at: Date) {
  const record = await findAttempts(database, subjectOf(pending), pending.place);
  const facts = pendingFacts(pending, record, at);
  return { facts, verdict: judgeTry(facts) };
}

/** Reads a session's pending wish for its page. Null: there is none to explain. Changes nothing. */
export async function readPendingWidening(session: Session): Promise<PendingWidening | null> {
  const at = now();
  const pending = await findPendingWidening(database, session.id, at);
  if (pending === null) return null;
  const { facts, verdict } = await judged(database, pending, at);
  const { kind } = verdict;
  // The latest wish of a session is never superseded, and a new password ends the session itself.
  if (kind === "superseded" || kind === "password-changed") return null;
  return {
    id: pending.id,
    wish: wishSchema.parse(pending.wish),
    maskedEmail: maskEmail(pending.email),
    expiresAt: pending.expiresAt,
    attemptsLeft: Math.max(0, env().codeMaxAttempts - facts.attempts.wrong),
    state: kind === "admitted" || kind === "network-changed" ? { kind: "open" } : verdict,
  };
}

/** What becomes of "Send the code again" for a wish. `over`: the page explains it. */
export type WideningResend =
  | { kind: "sent" }
  | { kind: "too-early"; from: Date }
  | { kind: "too-often"; from: Date }
  | { kind: "over" };

/** Mails the code of a session's pending wish again; its end does not move. */
export async function resendWideningCode(session: Session): Promise<WideningResend> {
  return inTransaction(async (tx) => {
    await lockSubject(tx, session.accountId);
    const at = now();
    const pending = await findPendingWidening(tx, session.id, at);
    if (pending === null) return { kind: "over" };
    const { verdict: open } = await judged(tx, pending, at);
    if (open.kind !== "admitted") return { kind: "over" };
    const verdict = judgeResend({ now: at, ...pending });
    if (verdict.kind !== "send") return verdict;
    await claimResend(tx, pending, at);
    await sendChallengeMail(tx, pending, at);
    return { kind: "sent" };
  });
}

/** Takes a session's pending wish back; false when none was open. */
export function cancelWidening(session: Session): Promise<boolean> {
  return inTransaction(async (tx) => {
    await lockSubject(tx, session.accountId);
    return endWidenings(tx, session.id, "cancelled", now());
  });
}
