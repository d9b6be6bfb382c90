import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { db } from "@/lib/db/client";
import { grantHotlinePass, type PassRequest } from "@/lib/support/hotline-pass";
import { supportPinOf } from "@/lib/support-pin/support-pin";
import { addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import { reason, startSignIn } from "@/lib/testing/callers";
import { makeStaff } from "@/lib/testing/staff";

export const phone = "+351215550100";
export const elsewhere = "198.51.100.66";
export const wrongPin = "222222";
export const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3_600_000);

export const rowOf = (id: string) => db.account.findUniqueOrThrow({ where: { id } });
export const pinOf = async (id: string) => supportPinOf(await rowOf(id));
export const passOf = async ({ id }: { id: string }) =>
  (await db.challenge.findUniqueOrThrow({ where: { id } })).passUntil;

/** A customer who is on the phone, before a sign-in that waits for its code. */
export async function makeCall() {
  const { accountId: customerId } = (await makeActor()).session;
  const further = `further-${randomUUID()}@example.com`;
  await addFurther(customerId, further);
  const staff = await makeStaff("support");
  const pending = await startSignIn(customerId, elsewhere);
  const { reference } = pending;
  const pin = await pinOf(customerId);
  const request: PassRequest = { staff, customerId, reference, pin, calledBack: false, reason };
  return { customerId, further, staff, pending, request };
}

export type Call = Awaited<ReturnType<typeof makeCall>>;

export const actionsOf = async ({ customerId }: Call) =>
  (await auditOf(customerId)).map(({ action }) => action);

/** What a refusal must not have done. */
export async function expectNothingGranted(call: Call, pinUses = 0) {
  expect(await passOf(call.pending)).toBeNull();
  expect(await mailsOf(call.customerId, "hotline-pass")).toEqual([]);
  expect((await rowOf(call.customerId)).supportPinUses).toBe(pinUses);
}

/** A refusal by the rule: nothing is granted, nobody is mailed, the audit log says why. */
export async function expectRefused(
  call: Call,
  more: Partial<PassRequest>,
  kind: string,
  pinUses = 0,
) {
  const outcome = await grantHotlinePass({ ...call.request, ...more });
  expect(outcome.kind).toBe(kind);
  await expectNothingGranted(call, pinUses);
  const entry = (await auditOf(call.customerId)).at(-1);
  expect(entry).toMatchObject({ action: "hotline-pass-refused", details: { because: kind } });
}
