import { asSignedIn, type SignedOut } from "@/lib/account/as-signed-in";
import type { NotifiedAccount } from "@/lib/account/notify-customer";
import { isOneself, type StaffMember } from "@/lib/account/staff-member";
import { type ReasonError, readReason } from "@/lib/audit/rules/read-reason";
import { lockSubject } from "@/lib/db/locks";
import type { Database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { type Customer, findCustomer, findRole } from "@/lib/support/customer-store";
import { judgeAct } from "@/lib/support/rules/judge-act";
import { reasonLengths } from "@/lib/support/rules/limits";
import { isId } from "@/lib/typed/is-id";

/** Why a member of staff may not act there, whatever was to be done. */
export type MayNot =
  /** No such account, or no role that acts: 404. */
  { kind: "unknown" } | { kind: "oneself" } | { kind: "admins-only" } | SignedOut;

/** Why nothing was done. Nothing is recorded then. */
export type NotDone = MayNot | { kind: "invalid"; errors: { reason: ReasonError } };

/** Who acts on whom, and why; ids and words as the form says them. */
export type ActRequest = { staff: StaffMember; customerId: string; reason: string };

/** The account that is acted on, under its lock. */
export type Locked = { customer: Customer; notified: NotifiedAccount; now: Date };

/** What an act is handed: the account, and why it is acted on. */
export type Acting = Locked & { reason: string };

/**
 * Runs an act on a customer's account in one transaction, under the lock of the account, for a member
 * of staff who may act there and says why.
 *
 * @param act carries out and records, or says why there is nothing to do
 */
export function actOnCustomer<Outcome extends { kind: string }>(
  request: ActRequest,
  act: (tx: Database, acting: Acting) => Promise<Outcome>,
): Promise<Outcome | NotDone> {
  const read = readReason(request.reason, reasonLengths);
  return onLockedCustomer<Outcome | NotDone>(request, async (tx, locked) =>
    "error" in read
      ? { kind: "invalid", errors: { reason: read.error } }
      : act(tx, { ...locked, reason: read.reason }),
  );
}

/** The same, where the act looks at the reason itself. */
export async function onLockedCustomer<Outcome extends { kind: string }>(
  { staff, customerId }: Omit<ActRequest, "reason">,
  act: (tx: Database, locked: Locked) => Promise<Outcome>,
): Promise<Outcome | MayNot> {
  if (!isId(customerId)) return { kind: "unknown" };
  const lock = (tx: Database) => lockSubject(tx, customerId);
  const outcome = await asSignedIn(staff, lock, async (tx, now): Promise<Outcome | MayNot> => {
    const found = await findForAct(tx, staff, customerId);
    if ("kind" in found) return found;
    const notified = { ...found.customer, accountId: customerId };
    return act(tx, { ...found, notified, now });
  });
  log.info({ accountId: customerId, outcome: outcome.kind }, "support act");
  return outcome;
}

/** The account, for who may act on it at this very moment. */
async function findForAct(
  tx: Database,
  staff: StaffMember,
  customerId: string,
): Promise<MayNot | { customer: Customer }> {
  const staffRole = (await findRole(tx, staff.session.accountId)) ?? "customer";
  const customer = await findCustomer(tx, customerId);
  if (customer === null) return { kind: "unknown" };
  const facts = { staffRole, isOneself: isOneself(staff, customerId), customerRole: customer.role };
  const verdict = judgeAct(facts);
  switch (verdict.kind) {
    case "allowed":
      return { customer };
    case "not-support":
      return { kind: "unknown" };
    default:
      return verdict;
  }
}
