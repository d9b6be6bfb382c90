import type { AuditAction } from "@/lib/audit/audit-actions";
import type { Database } from "@/lib/db/transaction";

/** What of some ids are accounts or cases, with what is shown of them. */
export async function findSubjectsOfEntries(database: Database, ids: string[]) {
  const accounts = await database.account.findMany({
    where: { id: { in: ids } },
    select: { id: true, email: true },
  });
  const cases = await database.recoveryCase.findMany({
    where: { id: { in: ids } },
    select: { id: true, reference: true },
  });
  return { accounts, cases };
}

/** Whether a member of staff did something about an account since a moment, by the audit log. */
export async function didSince(
  database: Database,
  which: { staffId: string; action: AuditAction; accountId: string; since: Date },
): Promise<boolean> {
  const { staffId, action, accountId, since } = which;
  const found = await database.auditEntry.findFirst({
    where: {
      actorId: staffId,
      action,
      subjectKind: "account",
      subjectId: accountId,
      at: { gt: since },
    },
    select: { seq: true },
  });
  return found !== null;
}
