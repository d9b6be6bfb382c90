import { isStaff } from "@/lib/account/roles";
import { proofOf } from "@/lib/cases/request/sending-facts";
import { type CoolingFacts, coolingTime } from "@/lib/cases/rules/cooling-time";
import type { FoundCase } from "@/lib/cases/store";
import { env } from "@/lib/env/env";

/** Whether a case is about an account of the staff, as that account is now. */
export const isOfStaff = ({ account }: Pick<FoundCase, "account">): boolean =>
  account !== null && isStaff(account.role);

/** When the change would be carried out, and the reminder sent, of a case that is approved at a moment. */
export function coolingOf(found: FoundCase, approvedAt: Date): ReturnType<typeof coolingTime> {
  const facts: CoolingFacts = {
    approvedAt,
    fromLongTrusted: found.fromLongTrusted,
    proofStands: proofOf(found) !== "nothing",
    subjectIsStaff: isOfStaff(found),
    objected: found.objectedAt !== null,
    caseCoolingHours: env().caseCoolingHours,
  };
  return coolingTime(facts);
}
