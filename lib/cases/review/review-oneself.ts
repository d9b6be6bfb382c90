import { isOneself, type StaffMember } from "@/lib/account/staff-member";

/**
 * Whether a case is about a member of staff: their account, or an address of theirs. They do not decide
 * about it then.
 *
 * @param addresses all that they have
 */
export function isAboutStaff(
  staff: StaffMember,
  found: { accountId: string | null; accountEmail: string; newEmail: string | null },
  addresses: readonly string[],
): boolean {
  const { accountId, accountEmail, newEmail } = found;
  return (
    isOneself(staff, accountId) ||
    addresses.some((address) => address === accountEmail || address === newEmail)
  );
}
