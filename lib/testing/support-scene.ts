import { randomUUID } from "node:crypto";
import type { StaffRole } from "@/lib/account/roles";
import { db } from "@/lib/db/client";
import type { ActRequest } from "@/lib/support/act-on-customer";
import { addFurther, makeActor } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import { reason } from "@/lib/testing/callers";
import { makeStaff } from "@/lib/testing/staff";

export const home = "203.0.113.7";
export const elsewhere = "198.51.100.66";

/** A customer with a further address, on whom each act has something to do, and who acts. */
export async function makeScene(role: StaffRole = "support") {
  const customer = await makeActor();
  const { accountId: customerId, account } = customer.session;
  const further = `further-${randomUUID()}@example.com`;
  await addFurther(customerId, further);
  const staff = await makeStaff(role);
  return { customer, customerId, account, further, staff };
}

export type Scene = Awaited<ReturnType<typeof makeScene>>;

/** The place that an account trusts. */
export const placeIdOf = async (accountId: string) =>
  (await db.trustedPlace.findFirst({ where: { accountId } }))?.id ?? "";

/** An act on the customer of a scene, with a reason. */
export const requestOf = ({ staff, customerId }: Scene): ActRequest => ({
  staff,
  customerId,
  reason,
});

/** Everything that an act could have changed or written. */
export async function traces(scene: Scene) {
  const { customerId: accountId } = scene;
  return {
    // That it was locked to be judged changed nothing.
    account: await db.account.findUnique({
      where: { id: accountId },
      omit: { accessVersion: true },
    }),
    sessions: await db.session.count({ where: { accountId, endedAt: null } }),
    places: await db.trustedPlace.count({ where: { accountId } }),
    blocks: await db.codeAttempts.count({ where: { subject: accountId } }),
    resets: await db.passwordReset.count({ where: { accountId } }),
    mails: await db.mail.count({ where: { accountId } }),
    activities: await db.activity.count({ where: { accountId } }),
    marks: await db.markedAddress.count({ where: { liftedAt: null } }),
    audits: (await auditOf(accountId)).length,
  };
}
