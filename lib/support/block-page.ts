import { isOneself, type StaffMember } from "@/lib/account/staff-member";
import { readClock } from "@/lib/clock";
import { accountOfCodes } from "@/lib/db/subjects";
import { database } from "@/lib/db/transaction";
import { findCustomer, findSubjectOfBlock } from "@/lib/support/customer-store";
import { listBlocks, type ShownBlock } from "@/lib/support/list-access";
import { readReference } from "@/lib/support/read-search";
import { recordView } from "@/lib/support/record-view";
import { type ActVerdict, judgeAct } from "@/lib/support/rules/judge-act";
import { maskEmail } from "@/lib/typed/mask-email";
import { isVisible } from "@/lib/typed/visible";

/** A block of an account, on the page where it can be lifted. */
export type BlockPage = {
  customerId: string;
  name: string;
  /** Null: it is over. */
  block: ShownBlock | null;
  /** Whether the viewer may lift it. */
  mayAct: ActVerdict["kind"];
};

/**
 * Reads a block by its reference, and notes that its customer was looked at.
 *
 * @param typed the reference as the address says it, from anybody
 * @returns null: no block of an account bears it
 */
export async function readBlockPage(staff: StaffMember, typed: string): Promise<BlockPage | null> {
  const reference = readReference(typed);
  if (reference === null) return null;
  const subject = await findSubjectOfBlock(database, reference);
  const accountId = subject && accountOfCodes(subject);
  const customer = accountId ? await findCustomer(database, accountId) : null;
  if (customer === null) return null;
  const now = readClock();
  await recordView(staff, customer.id, now);
  const blocks = await listBlocks(database, customer, now);
  const facts = {
    staffRole: staff.role,
    isOneself: isOneself(staff, customer.id),
    customerRole: customer.role,
  };
  return {
    customerId: customer.id,
    // As where customers are found: a name of which nothing can be seen says nothing.
    name: isVisible(customer.name) ? customer.name : maskEmail(customer.email),
    block: blocks.find((one) => one.reference === reference) ?? null,
    mayAct: judgeAct(facts).kind,
  };
}
