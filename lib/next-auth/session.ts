import { notFound, redirect } from "next/navigation";
import type { StaffRole } from "@/lib/account/roles";
import type { LiveSession } from "@/lib/account/session-store";
import { HOME_PATH, loginPath, TWO_STEP_PATH } from "@/lib/cookies/local-path";
import { isDatabaseDown } from "@/lib/db/database-down";
import { soon, TooLate } from "@/lib/db/soon";
import { currentRequest } from "@/lib/log/request-context";
import { currentSession } from "@/lib/next-auth/session-cookie";

// What stands around a page does not hold it up for long: its own part says what is wrong.
const AROUND_MILLISECONDS = 1_500;

/** Who is signed in, for what stands around a page; null too where the database does not say. */
export async function sessionAround(): Promise<LiveSession | null> {
  try {
    return await soon(currentSession(), AROUND_MILLISECONDS);
  } catch (error) {
    if (error instanceof TooLate || isDatabaseDown(error)) return null;
    throw error;
  }
}

/**
 * Leads whoever is not signed in to `/login`.
 *
 * @param path of the page, to come back to
 * @throws Next's redirect
 */
export function askToSignIn(path: string): never {
  redirect(loginPath(path));
}

/**
 * The session of a signed-in customer.
 *
 * @param path of the page, to come back to
 * @throws Next's redirect to `/login` for whoever is not signed in, and to where they get a factor for whom
 *   the gate would have led there, had the database answered it
 */
export async function requireCustomer(path: string): Promise<LiveSession> {
  const session = await currentSession();
  if (session === null) askToSignIn(path);
  if (session.account.isCanary && path !== HOME_PATH) notFound();
  if (session.account.mustEnrol && currentRequest()?.enrolUnjudged) redirect(TWO_STEP_PATH);
  return session;
}

/**
 * The session of a signed-in member of staff. Asked for by every page and every action of the staff's.
 *
 * @param path of the page, to come back to
 * @param allowed the roles that may see it
 * @throws Next's redirect to `/login` for whoever is not signed in, and to where they get a factor for staff
 *   without one; its 404 for everyone else
 */
export async function requireStaff(
  path: string,
  allowed: readonly StaffRole[],
): Promise<{ session: LiveSession; role: StaffRole }> {
  const session = await requireCustomer(path);
  const role = allowed.find((one) => one === session.account.role);
  if (role !== undefined && session.account.mustEnrol) redirect(TWO_STEP_PATH);
  // Staff have proven both at their sign-in; a session that began otherwise is older than the role.
  const { codeProvenAt, factorProvenAt } = session;
  if (role === undefined || codeProvenAt === null || factorProvenAt === null) notFound();
  return { session, role };
}
