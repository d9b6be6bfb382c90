import { findAddressHolder } from "@/lib/account/address-holder-store";
import { asSignedIn } from "@/lib/account/as-signed-in";
import { caseState } from "@/lib/account/rules/case-states";
import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { recordCaseActivity } from "@/lib/cases/case-activity";
import { notifyApplicant, notifyOwner } from "@/lib/cases/notify-of-case";
import { findCountingApprovals } from "@/lib/cases/review/approvals-store";
import { coolingOf, isOfStaff } from "@/lib/cases/review/review-facts";
import { findTie } from "@/lib/cases/review/review-independence";
import { isAboutStaff } from "@/lib/cases/review/review-oneself";
import {
  findSentCase,
  findStaff,
  type SentCase,
  storeDecision,
} from "@/lib/cases/review/review-store";
import { readStaffText, type StaffTextError } from "@/lib/cases/review/review-text";
import { findApprovalsNeeded } from "@/lib/cases/review/settings";
import {
  type Decision,
  type DecisionFacts,
  type DecisionVerdict,
  judgeDecision,
} from "@/lib/cases/rules/judge-decision";
import { ANSWER_DAYS } from "@/lib/cases/rules/limits";
import { readLost } from "@/lib/cases/rules/lost";
import { caseSubject, changeCase, type FoundCase } from "@/lib/cases/store";
import { notifyAdmins } from "@/lib/colleagues/notify-admins";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database } from "@/lib/db/transaction";
import type { Prisma } from "@/lib/generated/prisma/client";
import { log } from "@/lib/log/log";
import type { Tie } from "@/lib/mail/rules/ties";
import { afterDays } from "@/lib/moments";
import { isId } from "@/lib/typed/is-id";

/** What becomes of a decision. */
export type DecisionOutcome =
  | DecisionVerdict
  | { kind: "invalid"; error: StaffTextError }
  /** No such case, a draft, or one whose account was closed meanwhile. */
  | { kind: "unknown" }
  /** The session ended, or the role changed. */
  | { kind: "signed-out" };

/** A decision as the form says it. */
export type TypedDecision = {
  id: string;
  /** The version of the case that the page showed. */
  seenVersion: number;
  decision: Decision;
  /** What is missing, or why. */
  text: string;
};

/**
 * Decides about a case for a member of staff: each decision is taken on the present state of the case
 * alone, under its lock, and everybody concerned is notified in the same transaction.
 *
 * @param staff of a role that may decide; the caller has checked it
 */
export async function decideCase(
  staff: StaffMember,
  typed: TypedDecision,
): Promise<DecisionOutcome> {
  const { id, decision } = typed;
  const first = isId(id) ? await findSentCase(database, id) : null;
  if (first === null) return { kind: "unknown" };
  const read = readStaffText(typed.text);
  if ("error" in read) return { kind: "invalid", error: read.error };
  const lock = async (tx: Database) => {
    if (first.accountId !== null) await lockSubject(tx, first.accountId);
    await lockSubject(tx, caseSubject(id));
  };
  const outcome = await asSignedIn(staff, lock, async (tx, now): Promise<DecisionOutcome> => {
    const found = await findSentCase(tx, id);
    if (found === null) return { kind: "unknown" };
    const facts = await gatherFacts(tx, staff, found, typed.seenVersion, now);
    if (facts === null) return { kind: "signed-out" };
    const verdict = judgeDecision(facts, decision);
    await carryOut(tx, { staff, found, verdict, text: read.text, now });
    return verdict;
  });
  const { reference, round } = first;
  log.info({ reference, round, decision, outcome: outcome.kind }, "case decided");
  return outcome;
}

async function gatherFacts(
  tx: Database,
  staff: StaffMember,
  found: SentCase,
  seenVersion: number,
  now: Date,
): Promise<DecisionFacts | null> {
  const staffId = staff.session.accountId;
  const { accountId, newEmail } = found;
  const self = await findStaff(tx, staffId);
  if (self?.role !== staff.role) return null;
  const subjectIsStaff = isOfStaff(found);
  const holder = newEmail === null ? null : await findAddressHolder(tx, newEmail, now);
  return {
    state: caseState(found.state),
    seenVersion,
    version: found.version,
    staffId,
    staffRole: staff.role,
    isOneself: isAboutStaff(staff, found, self.addresses),
    hasAccount: accountId !== null,
    subjectIsStaff,
    isTaken: holder !== null && holder.id !== accountId,
    approvedBy: await findCountingApprovals(tx, found),
    tie: await findTie(tx, staff, found),
    objected: found.objectedAt !== null,
    approvalsNeeded: await findApprovalsNeeded(tx),
  };
}

type Decided = {
  staff: StaffMember;
  found: SentCase;
  verdict: DecisionVerdict;
  text: string;
  now: Date;
};

async function carryOut(tx: Database, decided: Decided): Promise<void> {
  switch (decided.verdict.kind) {
    case "agreed":
      await settle(tx, decided, "approve", {});
      return audit(tx, decided, "case-approved");
    case "approved":
      await approve(tx, decided);
      return audit(tx, decided, "case-approved");
    case "refused":
      await refuse(tx, decided);
      return audit(tx, decided, "case-refused");
    case "asked":
      await ask(tx, decided);
      return audit(tx, decided, "case-more-asked");
    case "not-independent":
      return refuseApproval(tx, decided, decided.verdict.tie);
    case "oneself":
    case "outdated":
    case "over":
    case "admins-only":
    case "approved-by-you":
    case "no-account":
    case "taken":
      return;
  }
}

/** Decides nothing, and notifies all other admins: whoever tries may have two accounts. */
async function refuseApproval(tx: Database, decided: Decided, tie: Tie): Promise<void> {
  const { staff, found, now } = decided;
  const { account, accountId } = staff.session;
  await notifyAdmins(tx, {
    kind: "approval-refused",
    except: [accountId],
    client: staff.client,
    about: { member: account.email, tie },
    reference: found.reference,
    now,
  });
  await audit(tx, decided, "case-approval-refused", { because: tie });
}

/** Notes the decision, and changes the case by it. */
async function settle(
  tx: Database,
  { staff, found, text, now }: Decided,
  verdict: Decision,
  data: Prisma.RecoveryCaseUncheckedUpdateManyInput,
): Promise<FoundCase> {
  const { accountId: staffId, account } = staff.session;
  const { id: caseId, round } = found;
  const by = { staffId, staffName: account.name, browserId: staff.browserId };
  const decision = { caseId, ...by, verdict, reason: text, round, at: now };
  await storeDecision(tx, decision);
  return changeCase(tx, found, data);
}

async function approve(tx: Database, decided: Decided): Promise<void> {
  const { found, now } = decided;
  const { remindAt, coolsUntil } = coolingOf(found, now);
  const changed = await settle(tx, decided, "approve", {
    state: "approved",
    approvedAt: now,
    remindAt,
    remindedAt: null,
    coolsUntil,
  });
  await recordCaseActivity(tx, changed, { kind: "case-approved", now });
  await notifyOwner(tx, "case-will-change", changed, changed.account, { now, until: coolsUntil });
  await notifyApplicant(tx, "case-approved", changed, { now, until: coolsUntil });
}

async function refuse(tx: Database, decided: Decided): Promise<void> {
  const { text, now } = decided;
  const end = { state: "refused", refusedBecause: text, endedAt: now };
  const changed = await settle(tx, decided, "refuse", end);
  await recordCaseActivity(tx, changed, { kind: "case-ended", now });
  await notifyOwner(tx, "case-ended", changed, changed.account, { now });
  await notifyApplicant(tx, "case-refused", changed, { now, message: text });
}

async function ask(tx: Database, decided: Decided): Promise<void> {
  const { text, now } = decided;
  // What is answered may change the minds of those who approved before.
  const answerBy = afterDays(now, ANSWER_DAYS);
  const asked = { state: "needs-more", moreAsked: text, answerBy, round: { increment: 1 } };
  const changed = await settle(tx, decided, "ask", asked);
  await notifyApplicant(tx, "case-question", changed, { now, until: answerBy, message: text });
}

function audit(
  tx: Database,
  { staff, found, text, now }: Decided,
  action: "case-approved" | "case-approval-refused" | "case-refused" | "case-more-asked",
  more: { because?: Tie } = {},
): Promise<void> {
  const { id, reference, round } = found;
  const lost = readLost(found.lost);
  const subject = { kind: "case" as const, id };
  return recordAudit(tx, staff, {
    action,
    subject,
    details: { reference, round, lost, ...more },
    reason: text,
    now,
  });
}
