import { asSignedIn } from "@/lib/account/as-signed-in";
import { isStaff, isStaffRole, type StaffRole } from "@/lib/account/roles";
import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { type ReasonError, readReason } from "@/lib/audit/rules/read-reason";
import { nobody } from "@/lib/client/client";
import { requestFacts } from "@/lib/client/mail-facts";
import { findRoleOf, lockStaff, type RoleHolder } from "@/lib/colleagues/store";
import type { Database } from "@/lib/db/transaction";
import { defaultLocale } from "@/lib/i18n/locales";
import { log } from "@/lib/log/log";
import { enqueueMail } from "@/lib/mail/outbox";
import { afterHours } from "@/lib/moments";
import { newLinkKey } from "@/lib/secrets/link-token";
import { countInvitations, storeInvitation } from "@/lib/staff/invitation-store";
import {
  INVITATION_HOURS,
  INVITATIONS_PER_HOUR,
  roleReasonLengths,
} from "@/lib/staff/rules/limits";
import { type EmailError, typedEmail } from "@/lib/typed/email-address";

/** Why a field is not taken; each is a message's key. */
export type InviteErrors = {
  email?: EmailError;
  role?: "roleUnknown";
  reason?: Exclude<ReasonError, "reasonTooShort">;
};

/** What becomes of the request to invite somebody to the staff. */
export type InviteOutcome =
  | { kind: "invited"; email: string; role: StaffRole; until: Date }
  | { kind: "invalid"; errors: InviteErrors }
  /** The address belongs to the staff: its role can be changed instead. */
  | { kind: "already-staff"; email: string; role: string }
  /** As many invitations as go out in an hour. */
  | { kind: "too-often" }
  /** Whoever invites was signed out, or is no admin any more, while this was under way. */
  | { kind: "signed-out" };

/** An invitation as it is typed; anything may stand there. */
export type TypedInvitation = { email: string; role: string; reason: string };

/**
 * Mails somebody an invitation to the staff, which replaces earlier ones to that address. Nothing else
 * changes before it is accepted from that mailbox.
 *
 * @param by the admin who invites; null: the command on the server, of which no reason is asked
 */
export async function inviteStaff(
  by: StaffMember | null,
  typed: TypedInvitation,
): Promise<InviteOutcome> {
  const read = readInvitation(by, typed);
  if ("errors" in read) return { kind: "invalid", errors: read.errors };
  const outcome = await asSignedIn(by, lockStaff, (tx, now) => invite(tx, by, read, now));
  log.info({ role: read.role, outcome: outcome.kind }, "invitation to the staff judged");
  return outcome;
}

type ReadInvitation = { email: string; role: StaffRole; reason?: string };

function readInvitation(
  by: StaffMember | null,
  typed: TypedInvitation,
): ReadInvitation | { errors: InviteErrors } {
  const { role } = typed;
  const email = typedEmail(typed.email);
  const reason = by === null ? { reason: undefined } : readReason(typed.reason, roleReasonLengths);
  if (!("error" in email) && !("error" in reason) && isStaffRole(role)) {
    return { ...email, ...reason, role };
  }
  return {
    errors: {
      ...("error" in email ? { email: email.error } : {}),
      ...(isStaffRole(role) ? {} : { role: "roleUnknown" }),
      ...("error" in reason ? { reason: reason.error } : {}),
    },
  };
}

async function invite(
  tx: Database,
  by: StaffMember | null,
  read: ReadInvitation,
  now: Date,
): Promise<InviteOutcome> {
  const { email, role } = read;
  const account = await findRoleOf(tx, { email });
  if (account !== null && isStaff(account.role)) {
    return { kind: "already-staff", email, role: account.role };
  }
  if (by !== null && (await countInvitations(tx, now)) >= INVITATIONS_PER_HOUR) {
    return { kind: "too-often" };
  }
  const until = afterHours(now, INVITATION_HOURS);
  const key = newLinkKey("staff-invitation");
  const invitedById = by?.session.accountId ?? null;
  await storeInvitation(tx, { ...key, email, role, invitedById, createdAt: now, expiresAt: until });
  await mailInvitation(tx, { id: key.id, email, role, account, now, until });
  await recordAudit(tx, by ?? "command", {
    action: "staff-invited",
    subject: { kind: "staff", id: key.id },
    reason: read.reason,
    details: { role },
    now,
  });
  return { kind: "invited", email, role, until };
}

type Mailed = {
  id: string;
  email: string;
  role: StaffRole;
  account: RoleHolder | null;
  now: Date;
  until: Date;
};

async function mailInvitation(tx: Database, mailed: Mailed): Promise<void> {
  const { id, email, role, account, now, until } = mailed;
  await enqueueMail(tx, {
    kind: "staff-invited",
    accountId: account?.id ?? null,
    link: { type: "staff-invitation", id },
    recipient: email,
    locale: account?.locale ?? defaultLocale,
    timeZone: account?.timeZone ?? null,
    facts: {
      ...requestFacts(email, nobody, now),
      until: until.toISOString(),
      about: { role },
      bySupport: true,
    },
    usefulUntil: until,
  });
}
