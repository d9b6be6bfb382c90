import { type CustomerPage, readCustomerPage } from "@/lib/support/customer-page";
import type { TimelineView } from "@/lib/support/timeline";
import { auditOf } from "@/lib/testing/audit";
import type { makeStaff } from "@/lib/testing/staff";

export type Staff = Awaited<ReturnType<typeof makeStaff>>;

export async function read(
  staff: Staff,
  id: string,
  after: string | null = null,
  view: TimelineView = "all",
): Promise<CustomerPage> {
  const page = await readCustomerPage(staff, id, after, view);
  if (page === null) throw new Error("There is no such customer.");
  return page;
}

export const actionsOn = async (id: string) => (await auditOf(id)).map(({ action }) => action);
