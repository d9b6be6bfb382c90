import { caseState } from "@/lib/account/rules/case-states";
import type { SentState } from "@/lib/cases/request/status-page";
import { findQueue, type ReviewRow } from "@/lib/cases/review/review-store";
import { findApprovalsNeeded } from "@/lib/cases/review/settings";
import { agreementsNeeded } from "@/lib/cases/rules/judge-decision";
import type { CaseProof } from "@/lib/cases/rules/judge-sending";
import { type Lost, readLost } from "@/lib/cases/rules/lost";
import { presentProof } from "@/lib/cases/rules/present-proof";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { pageOf, readCursor } from "@/lib/history/rules/page-cursor";

/** Which cases are looked for. */
export const queueFilters = ["live", "ended"] as const;
export type QueueFilter = (typeof queueFilters)[number];

/** What staff look at twice; each is a message's key. */
export const caseFlags = [
  "objected",
  "staffAccount",
  "noAccount",
  "newHasAccount",
  "severalLive",
] as const;
export type CaseFlag = (typeof caseFlags)[number];

/** A case as the queue shows it. It names nobody: who opens the queue has read no personal data. */
export type QueuedCase = {
  id: string;
  reference: string;
  state: SentState;
  /** What is said to be lost. */
  lost: Lost;
  /** What is still proven: a changed password makes it nothing. */
  proof: CaseProof;
  sentAt: Date;
  /** How many have agreed in this round, and how many must. */
  approvals: { given: number; needed: number };
  flags: CaseFlag[];
};

/** The filter an address asks for; the live ones for anything unknown. */
export function readQueueFilter(text: string | null | undefined): QueueFilter {
  return queueFilters.find((one) => one === text) ?? "live";
}

/** A stored proof; what is unknown counts as none. */
export const storedProof = (stored: string): CaseProof =>
  stored === "session" || stored === "password" ? stored : "nothing";

/** Reads the stored state of a case that was sent. Throws for any other. */
export function sentState(stored: string): Exclude<SentState, "closed"> {
  const state = caseState(stored);
  if (state === "draft") throw new TypeError("A case that was sent is no draft.");
  return state;
}

/** A case of the queue out of its row. */
export function queuedCase(row: ReviewRow, approvalsNeeded: number): QueuedCase {
  const { id, reference, sentAt, approvals: given, objected, staffAccount: subjectIsStaff } = row;
  const needed = agreementsNeeded({ objected, subjectIsStaff, approvalsNeeded });
  const begun = { proof: storedProof(row.proof), at: row.createdAt };
  return {
    id,
    reference,
    lost: readLost(row.lost),
    state: row.lostAccount ? "closed" : sentState(row.state),
    proof: presentProof(begun, row.passwordChangedAt),
    sentAt,
    approvals: { given, needed },
    flags: caseFlags.filter((flag) => row[flag]),
  };
}

/**
 * A page of the cases that were sent: those not over, oldest first, or the others, latest end first.
 *
 * @param which.after where the page before ended, as its address says; from anybody
 */
export async function listCases(which: {
  filter: QueueFilter;
  after: string | null;
}): Promise<{ cases: QueuedCase[]; next: string | null }> {
  const ended = which.filter === "ended";
  const after = readCursor(which.after);
  const needed = await findApprovalsNeeded(database);
  const { rows, next } = pageOf(await findQueue(database, { ended, after, now: readClock() }));
  return { cases: rows.map((row) => queuedCase(row, needed)), next };
}
