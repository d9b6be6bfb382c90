import { appendEntry } from "@/lib/audit/store";
import type { Client } from "@/lib/sign-in/client";
import type { Database } from "@/lib/sign-in/store";
import type { Invited } from "@/lib/staff/find-invited";

/** Writes into the audit log that somebody joined the staff, by their own hand. Call it last. */
export async function recordJoining(
  tx: Database,
  joined: { accountId: string; invitation: Invited["invitation"]; client: Client; at: Date },
): Promise<void> {
  const { accountId, invitation, client, at } = joined;
  const { id, email, role } = invitation;
  await appendEntry(tx, {
    at,
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
