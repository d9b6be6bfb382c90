import { appendEntry } from "@/lib/audit/store";
import type { Client } from "@/lib/client/client";
import { notifyAdmins } from "@/lib/colleagues/notify-admins";
import { findRoleOf } from "@/lib/colleagues/store";
import type { Database } from "@/lib/db/transaction";
import type { Invited } from "@/lib/staff/find-invited";

/**
 * Notifies every admin that somebody joined the staff, and writes it into the audit log as by their
 * own hand. Call it last.
 */
export async function recordJoining(
  tx: Database,
  joined: { accountId: string; invitation: Invited["invitation"]; client: Client; now: Date },
): Promise<void> {
  const { accountId, invitation, client, now } = joined;
  const { id, email, role, invitedById } = invitation;
  const inviter = invitedById === null ? null : await findRoleOf(tx, { id: invitedById });
  await notifyAdmins(tx, {
    kind: "staff-joined",
    except: [accountId],
    client,
    about: { member: email, role, by: inviter?.email ?? null },
    now,
  });
  await appendEntry(tx, {
    at: now,
    actorId: accountId,
    actor: email,
    role,
    ip: client.ip,
    action: "staff-joined",
    subjectKind: "staff",
    subjectId: accountId,
    reason: null,
    details: { role, invitation: id },
  });
}
