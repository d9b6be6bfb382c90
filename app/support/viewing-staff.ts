import type { StaffRole } from "@/lib/account/roles";
import type { StaffMember } from "@/lib/account/staff-member";
import { clientNow } from "@/lib/client/client-ip";
import { requireStaff } from "@/lib/next-auth/session";

/**
 * Who of the staff looks at a page, and from where; for pages that are written down when they are
 * read. Sets no cookie.
 *
 * @param path of the page, to come back to
 * @param allowed the roles that may see it
 * @throws Next's redirect to `/login` for whoever is not signed in, its 404 for everyone else
 */
export async function requireViewer(
  path: string,
  allowed: readonly StaffRole[],
): Promise<StaffMember> {
  const { session, role } = await requireStaff(path, allowed);
  return { session, role, client: clientNow(), browserId: session.browserId };
}
