import type { Actor } from "@/lib/account/actor";
import type { StaffRole } from "@/lib/account/roles";
import { findLiveSession } from "@/lib/account/session-store";
import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import { makeActor } from "@/lib/testing/actors";
import { addApp } from "@/lib/testing/factors";

/**
 * A signed-in member of staff of an account of their own, or of a given one, with an authenticator app that
 * their session has proven.
 *
 * @param options as of `makeActor`
 */
export async function makeStaff(
  role: StaffRole,
  options: Parameters<typeof makeActor>[0] = {},
): Promise<StaffMember> {
  const actor: Actor = await makeActor(options);
  const { id, accountId } = actor.session;
  await db.account.update({ where: { id: accountId }, data: { role } });
  await proveFactor(accountId, id);
  const session = await findLiveSession(id);
  if (session === null) throw new Error("The session of a member of staff is not open.");
  return { ...actor, role, session };
}

/** Gives an account an authenticator app unless it has one, and has a session prove it. */
export async function proveFactor(accountId: string, sessionId: string): Promise<void> {
  const apps = await db.authenticatorApp.count({ where: { accountId } });
  if (apps === 0) await addApp(accountId);
  await db.session.update({ where: { id: sessionId }, data: { factorProvenAt: new Date() } });
}
