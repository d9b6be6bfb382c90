import type { StaffRole } from "@/lib/account/roles";
import type { StaffMember } from "@/lib/account/staff-member";
import { clientNow } from "@/lib/client/client-ip";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { requireStaff } from "@/lib/next-auth/session";

/**
 * Who of the staff sends a form, and from where.
 *
 * @param path of the page, to come back to
 * @param allowed the roles that may send it
 * @throws Next's redirect to `/login` for whoever is not signed in, its 404 for everyone else
 */
export async function requireStaffMember(
  path: string,
  allowed: readonly StaffRole[],
): Promise<StaffMember> {
  const staff = await requireStaff(path, allowed);
  return { ...staff, client: clientNow(), browserId: await rememberBrowser() };
}
