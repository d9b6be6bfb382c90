import { hasLiveCase } from "@/lib/account/has-live-case";
import { isStaff } from "@/lib/account/roles";
import { storeBrowserZone } from "@/lib/account/store";
import { consumeChallenge } from "@/lib/challenge/challenge-store";
import { judgePending } from "@/lib/challenge/judge-pending";
import { type DoorPending, findPending, type PendingCookie } from "@/lib/challenge/pending-store";
import { withPending } from "@/lib/challenge/with-pending";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import type { Database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { judgePass, type PassVerdict, readPassCause } from "@/lib/sign-in/rules/judge-pass";
import { beginSession } from "@/lib/sign-in/store";

/** What becomes of a pending sign-in that is let through without its code. */
export type PassOutcome =
  | {
      kind: "entered";
      accountId: string;
      sessionId: string;
      callbackPath: string | null;
      locale: string;
      /** A pass is void where there is a factor. */
      hasFactor: false;
    }
  | Exclude<PassVerdict, { kind: "admitted" }>;

/** Judges the pass of a pending sign-in, as it stands now. */
export async function judgePendingPass(
  database: Database,
  pending: DoorPending,
  presentNetwork: string,
  now: Date,
): Promise<PassVerdict> {
  if (pending.purpose !== "sign-in" || pending.passUntil === null) return { kind: "none" };
  const { accountId, network } = pending;
  const { endedBecause, attempts } = judgePending(pending, now).facts;
  return judgePass({
    now,
    passUntil: pending.passUntil,
    endedBecause,
    network,
    presentNetwork,
    block: attempts.block,
    isStaff: isStaff(pending.account.role),
    asksFactor: pending.asks === "factor",
    hasLiveCase: await hasLiveCase(database, accountId),
  });
}

/**
 * Finishes a pending sign-in that is let through without its code, once. The network does not become
 * trusted, the browser is not noted, and the mailbox counts as unproven: what widens access asks for a
 * code as ever.
 */
export async function usePass(cookie: PendingCookie | null, client: Client): Promise<PassOutcome> {
  let accountId: string | null = null;
  const outcome = await withPending<PassOutcome, DoorPending>(cookie, findPending, {
    first: (found) => {
      if (found.purpose !== "sign-in") return { kind: "none" };
      accountId = found.accountId;
      return null;
    },
    locked: async (tx, pending, now) => {
      if (pending.purpose !== "sign-in") return { kind: "none" };
      const verdict = await judgePendingPass(tx, pending, networkKeyOf(client), now);
      return verdict.kind === "admitted" ? letThrough(tx, pending, client, now) : verdict;
    },
  });
  // Anybody can press it without one: that is no line of the log.
  if (outcome.kind === "no-pending") return { kind: "none" };
  log.info({ accountId, network: networkKeyOf(client), outcome: outcome.kind }, "pass judged");
  return outcome;
}

async function letThrough(
  tx: Database,
  pending: Extract<DoorPending, { purpose: "sign-in" }>,
  client: Client,
  now: Date,
): Promise<PassOutcome> {
  if (!(await consumeChallenge(tx, pending.id, now))) return { kind: "none" };
  const { accountId, callbackPath, account } = pending;
  const because = readPassCause(pending.passBecause);
  const sessionId = await beginSession(tx, {
    accountId,
    because,
    verdict: "entered",
    judgedBecause: because,
    client,
    browserId: pending.browserId,
    now,
    // Whatever takes access away ends pending sign-ins, under the lock that is held here.
    accessVersion: null,
  });
  if (sessionId === null) throw new Error("A pass began no session.");
  if (client.timeZone !== null) await storeBrowserZone(tx, accountId, client.timeZone);
  const { locale } = account;
  return { kind: "entered", accountId, sessionId, callbackPath, locale, hasFactor: false };
}
