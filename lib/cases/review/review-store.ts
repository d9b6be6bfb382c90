import { supportRoles } from "@/lib/account/roles";
import { caseStates, isLive, liveStates } from "@/lib/account/rules/case-states";
import { countsApproval, type Decision } from "@/lib/cases/rules/judge-decision";
import { findCase } from "@/lib/cases/store";
import { joinedAfterSql } from "@/lib/colleagues/standing-store";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { type Cursor, ROWS_PER_PAGE } from "@/lib/history/rules/page-cursor";

/** A case as the queue needs it. */
export type ReviewRow = {
  id: string;
  reference: string;
  state: string;
  proof: string;
  lost: string;
  createdAt: Date;
  /** Of its account as it is now; null where there is none. */
  passwordChangedAt: Date | null;
  sentAt: Date;
  /** By which it stands in its list. */
  at: Date;
  objected: boolean;
  /** How many have approved in this round, may approve such a case now, and could when it was sent. */
  approvals: number;
  /** Whether its account was erased, and with it what was sent. */
  lostAccount: boolean;
  /** Whether its account is one of the staff. */
  staffAccount: boolean;
  /** Whether the typed address has no account. */
  noAccount: boolean;
  /** Whether the new address has an account of its own, or is kept free for one. */
  newHasAccount: boolean;
  /** Whether the account has another case that is not over. */
  severalLive: boolean;
};

const overStates = caseStates.filter((state) => state !== "draft" && !isLive(state));
const live = Prisma.sql`ARRAY[${Prisma.join([...liveStates])}]`;
const rolesFor = (subjectIsStaff: boolean) =>
  supportRoles.filter((role) => countsApproval({ role }, { subjectIsStaff }));
const counting = (subjectIsStaff: boolean) =>
  Prisma.sql`ARRAY[${Prisma.join(rolesFor(subjectIsStaff))}]`;

const rowSql = (now: Date, at: Prisma.Sql, cases: Prisma.Sql) => Prisma.sql`
  SELECT c.id, c.reference, c.state, c.proof, c.lost, c.created_at AS "createdAt", c.sent_at AS "sentAt",
    ${at} AS at, owner.password_changed_at AS "passwordChangedAt",
    c.objected_at IS NOT NULL AS objected,
    coalesce(owner.role, 'customer') <> 'customer' AS "staffAccount",
    (SELECT count(DISTINCT d.staff_id)::int FROM case_decision d
      JOIN account s ON s.id = d.staff_id AND s.role = ANY(
        CASE WHEN coalesce(owner.role, 'customer') = 'customer'
          THEN ${counting(false)} ELSE ${counting(true)} END)
      WHERE d.case_id = c.id AND d.verdict = 'approve' AND d.round = c.round
        AND NOT ${joinedAfterSql(Prisma.sql`d.staff_id`, Prisma.sql`c.sent_at`)}) AS approvals,
    c.account_id IS NULL AND c.account_email = '' AS "lostAccount",
    c.account_id IS NULL AND c.account_email <> '' AS "noAccount",
    (EXISTS (SELECT 1 FROM account a
        WHERE a.email = c.new_email AND a.id IS DISTINCT FROM c.account_id)
      OR EXISTS (SELECT 1 FROM email_change e
        WHERE e.old_email = c.new_email AND e.ended_because = 'done' AND e.undo_until > ${now}
          AND e.account_id IS DISTINCT FROM c.account_id)) AS "newHasAccount",
    EXISTS (SELECT 1 FROM recovery_case o
      WHERE o.account_id = c.account_id AND o.id <> c.id AND o.state = ANY(${live})) AS "severalLive"
  FROM ${cases} LEFT JOIN account owner ON owner.id = c.account_id`;

/**
 * Cases that were sent: one page and one row more. Those that are not over come oldest first, the
 * others with the latest end first.
 */
export function findQueue(
  database: Database,
  which: { ended: boolean; after: Cursor | null; now: Date },
): Promise<ReviewRow[]> {
  const { ended, after, now } = which;
  const at = ended ? Prisma.sql`coalesce(c.ended_at, c.sent_at)` : Prisma.sql`c.sent_at`;
  const direction = ended ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const order = Prisma.sql`ORDER BY ${at} ${direction}, c.id ${direction}`;
  const beyond = ended ? Prisma.sql`<` : Prisma.sql`>`;
  const rest =
    after === null
      ? Prisma.empty
      : Prisma.sql`AND (${at}, c.id) ${beyond} (${after.at}, ${after.id}::uuid)`;
  // A page of each state by its index, and of these a page.
  const pages = (ended ? overStates : liveStates).map(
    (state) => Prisma.sql`(SELECT c.id, c.ended_at, c.sent_at FROM recovery_case c
      WHERE c.state = ${state} AND c.sent_at IS NOT NULL ${rest}
      ${order} LIMIT ${ROWS_PER_PAGE + 1})`,
  );
  const cases = Prisma.sql`page CROSS JOIN LATERAL (
    SELECT * FROM recovery_case WHERE id = page.id LIMIT 1) c`;
  return database.$queryRaw<ReviewRow[]>`
    WITH page AS MATERIALIZED (
      SELECT c.id FROM (${Prisma.join(pages, " UNION ALL ")}) c ${order} LIMIT ${ROWS_PER_PAGE + 1}
    ) ${rowSql(now, at, cases)} ${order}`;
}

/** One case as the queue would show it. */
export async function findReviewRow(
  database: Database,
  id: string,
  now: Date,
): Promise<ReviewRow | null> {
  const rows = await database.$queryRaw<ReviewRow[]>`
    ${rowSql(now, Prisma.sql`c.sent_at`, Prisma.sql`recovery_case c`)} WHERE c.id = ${id}::uuid AND c.sent_at IS NOT NULL`;
  return rows[0] ?? null;
}

/** A case that was sent, with its account; null for others: staff see no drafts. */
export async function findSentCase(database: Database, id: string) {
  const found = await findCase(database, id);
  return found === null || found.sentAt === null ? null : { ...found, sentAt: found.sentAt };
}

/** A case as staff see it. */
export type SentCase = NonNullable<Awaited<ReturnType<typeof findSentCase>>>;

/** Writes down what a member of staff decided. */
export async function storeDecision(
  tx: Database,
  decision: {
    caseId: string;
    staffId: string;
    staffName: string;
    verdict: Decision;
    reason: string;
    round: number;
    browserId: string;
    at: Date;
  },
): Promise<void> {
  await tx.caseDecision.create({ data: decision });
}

/** What was decided about a case so far, the oldest first. */
export function findDecisions(database: Database, caseId: string) {
  return database.caseDecision.findMany({
    where: { caseId },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
}

/**
 * Who approved a case in a round, each once by the id of their account, with the role they have now;
 * null once the account is gone.
 */
export async function findApprovers(
  database: Database,
  filter: { caseId: string; round: number },
): Promise<{ id: string; role: string | null }[]> {
  const { caseId, round } = filter;
  const approvals = await database.caseDecision.findMany({
    where: { caseId, round, verdict: "approve" satisfies Decision },
    distinct: ["staffId"],
    select: { staffId: true },
  });
  const ids = approvals.map(({ staffId }) => staffId);
  const accounts = await database.account.findMany({
    where: { id: { in: ids } },
    select: { id: true, role: true },
  });
  const roles = new Map(accounts.map(({ id, role }) => [id, role]));
  return ids.map((id) => ({ id, role: roles.get(id) ?? null }));
}

/** The role and every address of a member of staff as they are now; null once the account is gone. */
export async function findStaff(
  database: Database,
  id: string,
): Promise<{ role: string; addresses: string[] } | null> {
  const found = await database.account.findUnique({
    where: { id },
    select: { role: true, email: true, addresses: { select: { email: true } } },
  });
  if (found === null) return null;
  const { role, email, addresses } = found;
  return { role, addresses: [email, ...addresses.map((one) => one.email)] };
}

/** The documents of a case without their contents, the oldest first, and whether these were purged. */
export async function findDocumentStates(database: Database, caseId: string) {
  const documents = await database.caseDocument.findMany({
    where: { caseId },
    omit: { sealed: true },
    orderBy: [{ addedAt: "asc" }, { id: "asc" }],
  });
  const purged = await database.caseDocument.findMany({
    where: { caseId, sealed: null },
    select: { id: true },
  });
  const ids = new Set(purged.map(({ id }) => id));
  return documents.map((document) => ({ ...document, isPurged: ids.has(document.id) }));
}

/** What we know of an account, for its case to be compared with. */
export async function findRecord(database: Database, id: string) {
  const account = await database.account.findUnique({
    where: { id },
    select: {
      id: true,
      name: true,
      email: true,
      role: true,
      phone: true,
      phoneChangedAt: true,
      closesAt: true,
      createdAt: true,
      addresses: {
        select: { email: true, confirmedAt: true },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      },
      _count: { select: { places: true } },
    },
  });
  return account;
}

/** The other cases of an account that were sent, the latest first. */
export function findOtherCases(database: Database, filter: { accountId: string; except: string }) {
  const { accountId, except } = filter;
  return database.recoveryCase.findMany({
    where: { accountId, id: { not: except }, sentAt: { not: null } },
    select: { id: true, reference: true, state: true, sentAt: true },
    orderBy: [{ sentAt: "desc" }, { id: "desc" }],
    take: ROWS_PER_PAGE,
  });
}

/** Whether a member of staff has looked at a case since a moment, by the audit log. */
export async function wasViewed(
  database: Database,
  filter: { staffId: string; caseId: string; since: Date },
): Promise<boolean> {
  const { staffId, caseId, since } = filter;
  const found = await database.auditEntry.findFirst({
    where: { action: "case-viewed", actorId: staffId, subjectId: caseId, at: { gt: since } },
    select: { seq: true },
  });
  return found !== null;
}
