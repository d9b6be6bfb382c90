import { asSignedIn } from "@/lib/account/as-signed-in";
import { storeActivity } from "@/lib/account/change-store";
import { notifyCustomer } from "@/lib/account/notify-customer";
import { isRole, type Role } from "@/lib/account/roles";
import { isOneself, type StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { type ReasonError, readReason } from "@/lib/audit/rules/read-reason";
import { nobody } from "@/lib/client/client";
import { notifyAdmins } from "@/lib/colleagues/notify-admins";
import { countOtherAdmins, findRoleOf, lockStaff, type RoleHolder } from "@/lib/colleagues/store";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { giveRole } from "@/lib/staff/give-role";
import { judgeRoleChange } from "@/lib/staff/rules/judge-role-change";
import { roleReasonLengths } from "@/lib/staff/rules/limits";
import { isId } from "@/lib/typed/is-id";

/** Why a field is not taken; each is a message's key. */
export type RoleErrors = { role?: "roleUnknown"; reason?: Exclude<ReasonError, "reasonTooShort"> };

/** What becomes of the request to give somebody another role. */
export type RoleOutcome =
  | { kind: "changed"; email: string; before: string; after: Role }
  | { kind: "invalid"; errors: RoleErrors }
  | { kind: "oneself" }
  | { kind: "not-staff" | "unchanged" | "last-admin"; email: string }
  /** There is no such account. */
  | { kind: "unknown" }
  /** Whoever changes it was signed out, or is no admin any more, while this was under way. */
  | { kind: "signed-out" };

/** A change of role as it is typed; anything may stand there. */
export type TypedRole = { accountId: string; role: string; reason: string };

/**
 * Gives a member of the staff another role, or none. All their sessions end at once; they are
 * notified by mail.
 *
 * @param by the admin who changes it; null: the command on the server, of which no reason is asked
 */
export async function changeRole(by: StaffMember | null, typed: TypedRole): Promise<RoleOutcome> {
  const { accountId, role } = typed;
  if (!isId(accountId)) return { kind: "unknown" };
  const reason = by === null ? { reason: undefined } : readReason(typed.reason, roleReasonLengths);
  if ("error" in reason || !isRole(role)) {
    const errors: RoleErrors = {};
    if (!isRole(role)) errors.role = "roleUnknown";
    if ("error" in reason) errors.reason = reason.error;
    return { kind: "invalid", errors };
  }
  const request = { role, ...reason };
  const lock = async (tx: Database) => {
    await lockSubject(tx, accountId);
    await lockStaff(tx);
  };
  const outcome = await asSignedIn(by, lock, (tx, now) =>
    judgeAndCarryOut(tx, by, accountId, request, now),
  );
  log.info({ accountId, role, outcome: outcome.kind }, "change of role judged");
  return outcome;
}

/** Gives the member of the staff with an address another role, or none: what the command does. */
export async function changeRoleOfAddress(email: string, role: Role): Promise<RoleOutcome> {
  const found = await findRoleOf(database, { email });
  if (found === null) return { kind: "unknown" };
  return changeRole(null, { accountId: found.id, role, reason: "" });
}

type RoleRequest = { role: Role; reason?: string };

async function judgeAndCarryOut(
  tx: Database,
  by: StaffMember | null,
  accountId: string,
  request: RoleRequest,
  now: Date,
): Promise<RoleOutcome> {
  const account = await findRoleOf(tx, { id: accountId });
  if (account === null) return { kind: "unknown" };
  const { email, role: before } = account;
  const verdict = judgeRoleChange({
    isOneself: by !== null && isOneself(by, accountId),
    before,
    after: request.role,
    otherAdmins: await countOtherAdmins(tx, accountId),
  });
  switch (verdict.kind) {
    case "change":
      await carryOut(tx, by, account, request, now);
      return { kind: "changed", email, before, after: request.role };
    case "oneself":
      return verdict;
    default:
      return { ...verdict, email };
  }
}

async function carryOut(
  tx: Database,
  by: StaffMember | null,
  account: RoleHolder,
  { role, reason }: RoleRequest,
  now: Date,
): Promise<void> {
  const { id: accountId, role: before } = account;
  const about = { role, ...(reason === undefined ? {} : { reason }) };
  const change = { kind: "role-changed", about, client: nobody, now } as const;
  await giveRole(tx, accountId, role, now);
  await storeActivity(tx, { ...change, accountId });
  await notifyCustomer(tx, { ...change, notified: { ...account, accountId }, bySupport: true });
  await notifyAdmins(tx, {
    kind: "staff-role-changed",
    except: [accountId, by?.session.accountId ?? null],
    client: by?.client ?? nobody,
    about: { ...about, member: account.email, by: by?.session.account.email ?? null },
    now,
  });
  await recordAudit(tx, by ?? "command", {
    action: "staff-role-changed",
    subject: { kind: "staff", id: accountId },
    reason,
    details: { before, after: role },
    now,
  });
}
