import { type Role, roles } from "@/lib/account/roles";
import type { AuditAction } from "@/lib/audit/audit-actions";
import type { Colleague } from "@/lib/colleagues/rules/judge-second";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";

/** Since when somebody has their role, and to whom they owe it. */
export type Standing = Pick<Colleague, "since" | "sponsors">;

const joined: AuditAction = "staff-joined";
const invited: AuditAction = "staff-invited";
const changed: AuditAction = "staff-role-changed";

/** Whether a change of role, as the audit log has it, gave somebody more than they had. */
function isRaise({ before, after }: { before?: unknown; after?: unknown }): boolean {
  const rank = (role: unknown) => roles.indexOf(role as Role);
  return rank(after) > rank(before);
}

/**
 * Since when somebody has their role, and to whom they owe it, by the audit log: it only grows, and
 * outlives invitations and accounts. Who was made staff without an entry there has always been.
 */
export async function findStanding(database: Database, accountId: string): Promise<Standing> {
  const own = await findSponsors(database, accountId);
  const sponsors = new Set<string>();
  const waiting = own.sponsors;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === accountId || sponsors.has(next)) continue;
    sponsors.add(next);
    waiting.push(...(await findSponsors(database, next)).sponsors);
  }
  return { since: own.since, sponsors: [...sponsors] };
}

/** Whoever invited an account the last time it joined, and whoever raised its role since. */
async function findSponsors(
  database: Database,
  accountId: string,
): Promise<{ since: Date | null; sponsors: string[] }> {
  const entries = await database.auditEntry.findMany({
    where: { subjectId: accountId, subjectKind: "staff", action: { in: [joined, changed] } },
    orderBy: { seq: "desc" },
    select: { at: true, action: true, actorId: true, details: true },
  });
  const last = entries.findIndex(({ action }) => action === joined);
  const present = last === -1 ? entries : entries.slice(0, last + 1);
  const sponsors: string[] = [];
  let since: Date | null = null;
  for (const { at, action, actorId, details } of present) {
    const change = details as { invitation?: string; before?: string; after?: string };
    if (action === changed && !isRaise(change)) continue;
    since ??= at;
    const by = action === changed ? actorId : await findInviter(database, change.invitation);
    if (by !== null) sponsors.push(by);
  }
  return { since, sponsors };
}

/** Who sent an invitation; null: the command on the server. */
async function findInviter(
  database: Database,
  invitationId: string | undefined,
): Promise<string | null> {
  if (invitationId === undefined) return null;
  const sent = await database.auditEntry.findFirst({
    where: { subjectId: invitationId, action: invited },
    select: { actorId: true },
  });
  return sent?.actorId ?? null;
}

/**
 * SQL that is true where an account joined the staff, or got a higher role, at or after a moment: what
 * `findStanding` says of one account, for lists.
 *
 * @param accountId SQL expression of a uuid
 * @param began SQL expression of a moment
 */
export function joinedAfterSql(accountId: Prisma.Sql, began: Prisma.Sql): Prisma.Sql {
  const rank = (name: string) =>
    Prisma.sql`array_position(ARRAY[${Prisma.join([...roles])}], e.details->>${name}::text)`;
  return Prisma.sql`EXISTS (
    SELECT 1 FROM audit_entry e
    WHERE e.subject_id = (${accountId})::text AND e.subject_kind = 'staff' AND e.at >= ${began}
      AND (e.action = ${joined} OR (e.action = ${changed} AND ${rank("after")} > ${rank("before")})))`;
}
