import { supportRoles } from "@/lib/account/roles";
import type { StaffMember } from "@/lib/account/staff-member";
import { type Colleague, joinedAfter, tieBetween } from "@/lib/colleagues/rules/judge-second";
import { findStanding } from "@/lib/colleagues/standing-store";
import type { Database } from "@/lib/db/transaction";
import type { Tie } from "@/lib/mail/rules/ties";
import { findCallBack } from "@/lib/support/call-back-store";
import { findRole } from "@/lib/support/customer-store";
import type { CalledBackBy } from "@/lib/support/rules/judge-hotline-pass";

/**
 * Who says that the customer of a sign-in was called back, now that a member of staff says so: they
 * alone, or the one who noted it before and they.
 *
 * @param confirms whether they say so of what somebody noted, rather than note it themselves
 */
export async function calledBackBy(
  database: Database,
  staff: StaffMember,
  signIn: { id: string; createdAt: Date },
  confirms: boolean,
): Promise<CalledBackBy> {
  const noted = await findCallBack(database, signIn.id);
  if (noted === null) return { kind: "one" };
  const { accountId } = staff.session;
  // Whoever notes it a second time has said nothing new.
  if (noted.askedById === accountId && !confirms) return { kind: "one" };
  const role = await findRole(database, noted.askedById);
  if (!supportRoles.some((one) => one === role)) return { kind: "one" };
  const first = await colleague(database, noted.askedById, noted.browserId);
  const second = await colleague(database, accountId, staff.browserId);
  return { kind: "two", tie: tieOf(first, second, signIn.createdAt) };
}

async function colleague(database: Database, id: string, browserId: string): Promise<Colleague> {
  return { id, browserId, ...(await findStanding(database, id)) };
}

// Whoever makes a second account may let the new one note it, or confirm it.
function tieOf(first: Colleague, second: Colleague, began: Date): Tie | null {
  const tie = tieBetween(first, second);
  if (tie !== null) return tie;
  return joinedAfter(first, began) || joinedAfter(second, began) ? "joined-after" : null;
}
