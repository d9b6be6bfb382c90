import { liveStates } from "@/lib/account/rules/case-states";
import type { Lost } from "@/lib/cases/rules/lost";
import type { Database } from "@/lib/db/transaction";
import { kindsWith } from "@/lib/mail/kinds";

const approved = { state: "approved" };

/** A case by what its locks go by; the address where it is about to get an account. */
export type CaseKey = { id: string; accountId: string | null; newEmail?: string | null };

const key = { id: true, accountId: true } as const;

/** The approved cases whose cooling time is over, the longest over first. */
export function findDueCases(database: Database, now: Date): Promise<CaseKey[]> {
  return database.recoveryCase.findMany({
    where: { ...approved, coolsUntil: { lte: now } },
    orderBy: [{ coolsUntil: "asc" }, { id: "asc" }],
    select: { ...key, newEmail: true },
  });
}

/** The approved cases of which the old addresses are to be reminded now. */
export function findDueReminders(database: Database, now: Date): Promise<CaseKey[]> {
  return database.recoveryCase.findMany({
    where: { ...approved, remindedAt: null, remindAt: { lte: now }, coolsUntil: { gt: now } },
    orderBy: [{ remindAt: "asc" }, { id: "asc" }],
    select: key,
  });
}

/** The cases that wait in vain for what staff asked for. */
export function findUnansweredCases(database: Database, now: Date): Promise<CaseKey[]> {
  return database.recoveryCase.findMany({
    where: { state: "needs-more", answerBy: { lte: now } },
    orderBy: [{ answerBy: "asc" }, { id: "asc" }],
    select: key,
  });
}

// To the owner, with the link to object: of the change itself, not only of the request.
const changeAnnounced = kindsWith({ carries: "object-case", expires: "change" });

/**
 * Whether a mail that notifies the owner of a case's change still waits to be sent; one whose link
 * to object has ended is about nothing that is still to come.
 */
export async function wordWaits(database: Database, caseId: string): Promise<boolean> {
  const rows = await database.$queryRaw<{ waits: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM mail m JOIN account_link l ON l.id = m.link_row_id
      WHERE l.target_id = ${caseId}::uuid AND l.ended_at IS NULL AND m.state = 'queued'
        AND m.kind = ANY(${changeAnnounced})) AS waits`;
  return rows[0]?.waits ?? false;
}

/** The other cases of an account that are not over; those about one thing, or all. */
export async function findOtherLiveCases(
  database: Database,
  filter: { accountId: string; except: string; lost?: Lost },
): Promise<string[]> {
  const { accountId, except, lost } = filter;
  const found = await database.recoveryCase.findMany({
    where: { accountId, id: { not: except }, state: { in: [...liveStates] }, lost },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return found.map(({ id }) => id);
}

/** The further addresses of an account that were confirmed, the oldest first. */
export async function findConfirmedAddresses(tx: Database, accountId: string): Promise<string[]> {
  const found = await tx.furtherAddress.findMany({
    where: { accountId, confirmedAt: { not: null } },
    orderBy: { createdAt: "asc" },
    select: { email: true },
  });
  return found.map(({ email }) => email);
}
