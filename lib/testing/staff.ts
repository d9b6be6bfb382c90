import type { Actor } from "@/lib/account/actor";
import type { StaffRole } from "@/lib/account/roles";
import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import { makeActor } from "@/lib/testing/actors";

/**
 * A signed-in member of staff of an account of their own, or of a given one.
 *
 * @param options as of `makeActor`
 */
export async function makeStaff(
  role: StaffRole,
  options: Parameters<typeof makeActor>[0] = {},
): Promise<StaffMember> {
  const actor: Actor = await makeActor(options);
  const { session } = actor;
  await db.account.update({ where: { id: session.accountId }, data: { role } });
  return { ...actor, role, session: { ...session, account: { ...session.account, role } } };
}
