import type { Actor } from "@/lib/account/actor";
import type { StaffRole } from "@/lib/account/roles";

/** A signed-in member of staff who does something, and from where. */
export type StaffMember = Actor & { role: StaffRole };

/** Whether a member of staff would act on themselves: nobody does. */
export const isOneself = (staff: StaffMember, accountId: string | null): boolean =>
  staff.session.accountId === accountId;
