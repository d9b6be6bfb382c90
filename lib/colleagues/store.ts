import { isStaff, type Role, roles } from "@/lib/account/roles";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";

/**
 * Lets one change among the staff be made at a time, until the transaction ends. Taken after the lock
 * of an account, and before the audit log's.
 */
export const lockStaff = (tx: Database): Promise<void> => lockSubject(tx, subjects.staffRoles);

const select = { id: true, email: true, name: true, role: true, locale: true, timeZone: true };

/** An account with its role, by its id or its address; else null. The canary has none and gets none. */
export function findRoleOf(database: Database, filter: { id: string } | { email: string }) {
  return database.account.findUnique({ where: { ...filter, isCanary: false }, select });
}

/** An account as far as its role goes. */
export type RoleHolder = NonNullable<Awaited<ReturnType<typeof findRoleOf>>>;

/** How many admins there are besides an account; one whose account is about to be erased counts no more. */
export function countOtherAdmins(database: Database, accountId: string): Promise<number> {
  return database.account.count({
    where: { role: "admin", id: { not: accountId }, closesAt: null },
  });
}

/** Whether an account is an admin's. */
export async function isAdmin(database: Database, accountId: string): Promise<boolean> {
  return (await database.account.count({ where: { id: accountId, role: "admin" } })) === 1;
}

/** Every admin, always in the same order. */
export function findAdmins(database: Database): Promise<RoleHolder[]> {
  return database.account.findMany({ where: { role: "admin" }, select, orderBy: { id: "asc" } });
}

/** Gives an account a role. */
export async function storeRole(tx: Database, accountId: string, role: Role): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { role } });
}

/** A member of the staff. */
export type StaffRow = {
  id: string;
  name: string;
  email: string;
  role: string;
  /** Since when with this role: the last change of it, else since the account exists. */
  since: Date;
  /** Within the time that the sign-in history is kept; null: none. */
  lastSignInAt: Date | null;
};

/** Everybody who is no customer, admins first, then by name. */
export function findStaff(database: Database): Promise<StaffRow[]> {
  return database.$queryRaw<StaffRow[]>`
    SELECT a.id, a.name, a.email, a.role,
      coalesce((SELECT max(c.at) FROM activity c
        WHERE c.account_id = a.id AND c.kind = 'role-changed'), a.created_at) AS since,
      (SELECT max(j.at) FROM sign_in_judgement j
        WHERE j.account_id = a.id AND j.verdict = 'entered') AS "lastSignInAt"
    FROM account a WHERE a.role = ANY(${roles.filter(isStaff)})
    ORDER BY array_position(ARRAY['admin', 'support', 'marketing'], a.role), a.name, a.email`;
}
