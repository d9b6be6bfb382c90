import { issueTicket } from "@/lib/auth/session-ticket";
import { hasLiveCase } from "@/lib/cases/has-live-case";
import {
  endChallenge,
  findAttempts,
  findPending,
  type Pending,
  type PendingCookie,
} from "@/lib/challenge/challenge-store";
import { pendingFacts } from "@/lib/challenge/judge-pending";
import { now } from "@/lib/clock";
import { log } from "@/lib/log";
import { type Client, placeOf } from "@/lib/sign-in/client";
import { judgePass, type PassVerdict } from "@/lib/sign-in/rules/judge-pass";
import {
  beginSession,
  type Database,
  database,
  inTransaction,
  lockSubject,
} from "@/lib/sign-in/store";
import { isStaff } from "@/lib/staff/roles";

/** What becomes of a pending sign-in that support lets through. */
export type PassOutcome =
  | { kind: "entered"; ticket: string; callbackPath: string | null; locale: string }
  | Exclude<PassVerdict, { kind: "admitted" }>;

/** Judges the pass of a pending sign-in, as it stands now. */
export async function judgePendingPass(
  database: Database,
  pending: Pending,
  presentPlace: string,
  at: Date,
): Promise<PassVerdict> {
  const { accountId, purpose, place } = pending;
  if (accountId === null || purpose !== "sign-in" || pending.passUntil === null) {
    return { kind: "none" };
  }
  const record = await findAttempts(database, accountId, place);
  const { endedBecause, attempts } = pendingFacts(pending, record, at);
  return judgePass({
    now: at,
    passUntil: pending.passUntil,
    endedBecause,
    place,
    presentPlace,
    block: attempts.block,
    isStaff: isStaff(pending.account?.role ?? "customer"),
    hasLiveCase: await hasLiveCase(database, accountId),
  });
}

/**
 * Finishes a pending sign-in that support lets through, once. The place does not become trusted, the
 * browser is not noted, and the mailbox counts as unproven: what widens access asks for a code as ever.
 */
export async function usePass(cookie: PendingCookie | null, client: Client): Promise<PassOutcome> {
  const at = now();
  const first = cookie === null ? null : await findPending(database, cookie, at);
  if (cookie === null || first?.accountId === null || first === null) return { kind: "none" };
  const { accountId } = first;
  const outcome = await inTransaction(async (tx): Promise<PassOutcome> => {
    await lockSubject(tx, accountId);
    const pending = await findPending(tx, cookie, at);
    if (pending === null) return { kind: "none" };
    const verdict = await judgePendingPass(tx, pending, placeOf(client), at);
    if (verdict.kind !== "admitted") return verdict;
    return letThrough(tx, { ...pending, accountId }, client, at);
  });
  log.info({ accountId, place: placeOf(client), outcome: outcome.kind }, "hotline pass judged");
  return outcome;
}

async function letThrough(
  tx: Database,
  pending: Pending & { accountId: string },
  client: Client,
  at: Date,
): Promise<PassOutcome> {
  if (!(await endChallenge(tx, pending.id, "used", at))) return { kind: "none" };
  const { accountId, callbackPath, locale } = pending;
  const sessionId = await beginSession(tx, {
    accountId,
    because: "hotline",
    verdict: "entered",
    judgedBecause: "hotline",
    client,
    browserId: pending.browserId,
    now: at,
    // Whatever takes access away ends pending sign-ins, under the lock that is held here.
    accessVersion: null,
  });
  if (sessionId === null) throw new Error("A pass began no session.");
  const ticket = issueTicket({ sub: accountId, sid: sessionId });
  return { kind: "entered", ticket, callbackPath, locale: pending.account?.locale ?? locale };
}
