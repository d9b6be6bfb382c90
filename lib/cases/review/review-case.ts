import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { findCountingApprovals } from "@/lib/cases/review/approvals-store";
import { coolingOf, isOfStaff } from "@/lib/cases/review/review-facts";
import { findTie } from "@/lib/cases/review/review-independence";
import { isAboutStaff } from "@/lib/cases/review/review-oneself";
import { type QueuedCase, queuedCase, storedProof } from "@/lib/cases/review/review-queue";
import { findRecordBeside, type RecordBeside } from "@/lib/cases/review/review-record";
import {
  findDecisions,
  findDocumentStates,
  findReviewRow,
  findSentCase,
  findStaff,
  type SentCase,
  wasViewed,
} from "@/lib/cases/review/review-store";
import { findApprovalsNeeded } from "@/lib/cases/review/settings";
import { countsApproval, type Decision } from "@/lib/cases/rules/judge-decision";
import type { CaseProof } from "@/lib/cases/rules/judge-sending";
import { CASE_VIEW_MINUTES } from "@/lib/cases/rules/limits";
import { readLost } from "@/lib/cases/rules/lost";
import { type ClientDetails, detailsOf } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { database, inTransaction } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { type ListedMail, listMailsOfCase } from "@/lib/history/list-mails";
import type { Tie } from "@/lib/mail/rules/ties";
import { afterMinutes } from "@/lib/moments";
import { secretIdOf } from "@/lib/secrets/code";
import { isId } from "@/lib/typed/is-id";

/** A document of a case without its content. */
export type ShownDocument = {
  id: string;
  name: string;
  type: string;
  /** In bytes. */
  size: number;
  addedAt: Date;
  /** `purged`: 30 days after the end; `unreadable`: its secret is no longer in AUTH_SECRET. */
  state: "kept" | "purged" | "unreadable";
};

/** What a member of staff decided. */
export type ShownDecision = {
  id: string;
  staffName: string;
  verdict: Decision;
  reason: string;
  at: Date;
  /** Whether it is an approval that counts: of the present round, of who may approve it now. */
  counts: boolean;
};

/** A case beside the record of its account, for a member of staff. */
export type CaseView = QueuedCase & {
  version: number;
  /** Whether it is about who looks at it, who must not decide then. */
  isOneself: boolean;
  /** Whether there is something to decide: an approved case can still be refused. */
  canDecide: "all" | "refuse" | "nothing";
  /** Whether it is about an account of the staff, which only admins approve. */
  isOfStaff: boolean;
  /** Whether the role of who looks at it lets them approve it. */
  mayApprove: boolean;
  /** Why an approval of theirs would not count although their role allows it; null: it would. */
  tie: Tie | null;
  /** What was sent, whole: it is compared with the record. */
  sent: ClientDetails & {
    /** What was proven when it was sent; it may be worth nothing by now. */
    proof: CaseProof;
    accountEmail: string;
    newEmail: string | null;
    whatHappened: string | null;
    locale: string;
    fromLongTrusted: boolean;
  };
  objected: { by: string | null; at: Date } | null;
  moreAsked: string | null;
  /** Until when what was asked for is waited for; null: it is not. */
  answerBy: Date | null;
  refusedBecause: string | null;
  coolsUntil: Date | null;
  endedAt: Date | null;
  /** When the change would be carried out if the last approval came now. */
  wouldChangeAt: Date;
  documents: ShownDocument[];
  decisions: ShownDecision[];
  /** To the new address, the latest first. */
  mails: ListedMail[];
  record: RecordBeside | null;
};

/**
 * Reads a case for a member of staff; that they did is written down, once in 15 minutes.
 *
 * @param id as the address says it, from anybody
 * @returns null for what is no case that was sent, or whose account was closed
 */
export async function viewCase(staff: StaffMember, id: string): Promise<CaseView | null> {
  const found = isId(id) ? await findSentCase(database, id) : null;
  const now = readClock();
  const row = found === null ? null : await findReviewRow(database, found.id, now);
  if (found === null || row === null) return null;
  await noteView(staff, found, now);
  const queued = queuedCase(row, await findApprovalsNeeded(database));
  const { accountId, accountEmail, newEmail, objectedAt, objectedBy } = found;
  const self = await findStaff(database, staff.session.accountId);
  return {
    ...queued,
    version: found.version,
    isOneself: isAboutStaff(staff, found, self?.addresses ?? []),
    canDecide: decidable(queued.state),
    isOfStaff: isOfStaff(found),
    mayApprove: countsApproval(staff, { subjectIsStaff: isOfStaff(found) }),
    tie: await findTie(database, staff, found),
    sent: {
      ...sentFrom(found),
      proof: storedProof(found.proof),
      accountEmail,
      newEmail,
      whatHappened: found.whatHappened,
    },
    objected: objectedAt === null ? null : { by: objectedBy, at: objectedAt },
    moreAsked: found.moreAsked,
    answerBy: queued.state === "needs-more" ? found.answerBy : null,
    refusedBecause: found.refusedBecause,
    coolsUntil: found.coolsUntil,
    endedAt: found.endedAt,
    wouldChangeAt: coolingOf(found, now).coolsUntil,
    documents: (await findDocumentStates(database, found.id)).map(shownDocument),
    decisions: await shownDecisions(found),
    mails: await listMailsOfCase(database, found.id, now),
    record: accountId === null ? null : await findRecordBeside(database, accountId, found.id, now),
  };
}

/** Writes a look at a case into the audit log, unless there was one a moment ago. */
async function noteView(staff: StaffMember, found: SentCase, now: Date): Promise<void> {
  const staffId = staff.session.accountId;
  const { id, reference } = found;
  const since = afterMinutes(now, -CASE_VIEW_MINUTES);
  const filter = { staffId, caseId: id, since };
  if (await wasViewed(database, filter)) return;
  await inTransaction(async (tx) => {
    await lockSubject(tx, subjects.caseViewed(staffId, id));
    if (await wasViewed(tx, filter)) return;
    const subject = { kind: "case" as const, id };
    const details = { reference, lost: readLost(found.lost) };
    await recordAudit(tx, staff, { action: "case-viewed", subject, details, now });
  });
}

function decidable(state: QueuedCase["state"]): CaseView["canDecide"] {
  if (state === "open" || state === "needs-more") return "all";
  return state === "approved" ? "refuse" : "nothing";
}

function sentFrom({ locale, fromLongTrusted, ...from }: SentCase) {
  return { ...detailsOf(from), locale, fromLongTrusted };
}

type StoredDocument = Awaited<ReturnType<typeof findDocumentStates>>[number];

function shownDocument(stored: StoredDocument): ShownDocument {
  const { id, name, type, size, addedAt, secretId, isPurged } = stored;
  const isReadable = env().authSecrets?.some((secret) => secretIdOf(secret) === secretId) ?? false;
  const state = isPurged ? "purged" : isReadable ? "kept" : "unreadable";
  return { id, name, type, size, addedAt, state };
}

async function shownDecisions(found: SentCase): Promise<ShownDecision[]> {
  const { id: caseId, round } = found;
  const counting = await findCountingApprovals(database, found);
  const decisions = await findDecisions(database, caseId);
  return decisions.map(({ id, staffId, staffName, verdict: stored, reason, round: given, at }) => {
    const verdict: Decision = stored === "approve" || stored === "ask" ? stored : "refuse";
    const counts = verdict === "approve" && given === round && counting.includes(staffId);
    return { id, staffName, verdict, reason, at, counts };
  });
}
