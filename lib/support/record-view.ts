import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { afterMinutes } from "@/lib/moments";
import { didSince } from "@/lib/support/audit-store";
import { findCustomer } from "@/lib/support/customer-store";
import { ADDRESSES_SHOWN_MINUTES, MINUTES_BETWEEN_VIEWS } from "@/lib/support/rules/limits";
import { isId } from "@/lib/typed/is-id";

const subjectOf = (id: string) => ({ kind: "account" as const, id });

/**
 * Writes into the audit log that a member of staff looks at a customer, at most once in 15 minutes: a
 * page that keeps itself up to date is one look.
 */
export async function recordView(staff: StaffMember, accountId: string, now: Date): Promise<void> {
  const staffId = staff.session.accountId;
  const since = afterMinutes(now, -MINUTES_BETWEEN_VIEWS);
  const look = { staffId, action: "customer-viewed", accountId, since } as const;
  if (await didSince(database, look)) return;
  await inTransaction(async (tx) => {
    await lockSubject(tx, subjects.view(staffId, accountId));
    if (await didSince(tx, look)) return;
    await recordAudit(tx, staff, { action: "customer-viewed", subject: subjectOf(accountId), now });
  });
}

/** `unknown`: no such account, 404. */
export type ShowAddressesOutcome = { kind: "shown" | "unknown" };

/** Shows the addresses and the number of a customer to a member of staff for two minutes. */
export async function showAddresses(
  staff: StaffMember,
  accountId: string,
): Promise<ShowAddressesOutcome> {
  if (!isId(accountId)) return { kind: "unknown" };
  return inTransaction(async (tx) => {
    if ((await findCustomer(tx, accountId)) === null) return { kind: "unknown" };
    const subject = subjectOf(accountId);
    await recordAudit(tx, staff, { action: "addresses-shown", subject, now: readClock() });
    return { kind: "shown" };
  });
}

/** Whether a member of staff has asked for a customer's addresses just now; the audit log says so. */
export function areAddressesShown(
  database: Database,
  staff: StaffMember,
  accountId: string,
  now: Date,
): Promise<boolean> {
  const since = afterMinutes(now, -ADDRESSES_SHOWN_MINUTES);
  const staffId = staff.session.accountId;
  return didSince(database, { staffId, action: "addresses-shown", accountId, since });
}
