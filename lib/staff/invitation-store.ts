import type { Database } from "@/lib/db/transaction";
import { afterHours } from "@/lib/moments";
import type { LinkKey } from "@/lib/secrets/link-token";

/** An invitation as it is made. */
export type NewInvitation = LinkKey & {
  email: string;
  role: string;
  /** The account of who invites; null: the command. */
  invitedById: string | null;
  createdAt: Date;
  expiresAt: Date;
};

/** Stores an invitation; earlier open ones of the same address end. */
export async function storeInvitation(tx: Database, made: NewInvitation): Promise<void> {
  await tx.staffInvitation.updateMany({
    where: { email: made.email, endedAt: null },
    data: { endedAt: made.createdAt, endedBecause: "superseded" },
  });
  await tx.staffInvitation.create({ data: made });
}

/** An invitation, else null. */
export function findInvitation(database: Database, id: string) {
  return database.staffInvitation.findUnique({ where: { id } });
}

/** Ends an invitation; false when it had ended before. */
export async function endInvitation(
  tx: Database,
  id: string,
  because: "accepted" | "withdrawn",
  now: Date,
): Promise<boolean> {
  const ended = await tx.staffInvitation.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: now, endedBecause: because },
  });
  return ended.count === 1;
}

/** How many invitations admins sent within an hour; the command's do not count. */
export function countInvitations(database: Database, now: Date): Promise<number> {
  return database.staffInvitation.count({
    where: { createdAt: { gt: afterHours(now, -1) }, invitedById: { not: null } },
  });
}

/** An invitation that can still be accepted. */
export type OpenInvitation = {
  id: string;
  email: string;
  role: string;
  until: Date;
  /** Who invited; null: the command. */
  by: string | null;
};

/** The invitations that can still be accepted, the newest first. */
export function findOpenInvitations(database: Database, now: Date): Promise<OpenInvitation[]> {
  return database.$queryRaw<OpenInvitation[]>`
    SELECT i.id, i.email, i.role, i.expires_at AS until, a.name AS by
    FROM staff_invitation i LEFT JOIN account a ON a.id = i.invited_by_id
    WHERE i.ended_at IS NULL AND i.expires_at > ${now}::timestamptz
      AND (i.invited_by_id IS NULL OR a.role = 'admin')
    ORDER BY i.created_at DESC, i.id`;
}
