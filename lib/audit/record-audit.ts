import type { StaffMember } from "@/lib/account/staff-member";
import type { AuditAction, AuditSubject } from "@/lib/audit/audit-actions";
import type { AuditMachine } from "@/lib/audit/audit-machine";
import { appendEntry, type NewEntry } from "@/lib/audit/store";
import type { Database } from "@/lib/db/transaction";

/** What is written down of an act or a read of staff. */
export type Audit = {
  action: AuditAction;
  /** Ids alone: no name or address of a customer may stand in the log, which outlives them. */
  subject?: { kind: Exclude<AuditSubject, "none">; id: string };
  /** Why, in the staff member's words; required of each act on a customer. */
  reason?: string;
  /** Such as a network or a reference; never a code, token, address or document. */
  details?: NewEntry["details"];
  now: Date;
};

const machineRoles = { command: "operator", worker: "worker" } as const;

/**
 * Writes an entry of the audit log in the caller's transaction. Call it last: entries wait for each
 * other until the transaction ends.
 *
 * @param by who acted
 */
export async function recordAudit(
  tx: Database,
  by: StaffMember | AuditMachine,
  audit: Audit,
): Promise<void> {
  const { action, subject, reason, details = {}, now } = audit;
  const staff = typeof by === "string" ? null : by;
  await appendEntry(tx, {
    at: now,
    actorId: staff?.session.accountId ?? null,
    actor: typeof by === "string" ? by : by.session.account.email,
    role: typeof by === "string" ? machineRoles[by] : by.role,
    ip: staff?.client.ip ?? null,
    action,
    subjectKind: subject?.kind ?? "none",
    subjectId: subject?.id ?? null,
    reason: reason ?? null,
    details,
  });
}
