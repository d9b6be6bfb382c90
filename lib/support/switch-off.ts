import { ownersWays, shutOut, waysBack } from "@/lib/access/shut-out";
import { recordSupportAct } from "@/lib/audit/record-support-act";
import { type ActRequest, actOnCustomer, type NotDone } from "@/lib/support/act-on-customer";

export type SwitchOffOutcome =
  | { kind: "switched-off" }
  | { kind: "already-off"; since: Date }
  | NotDone;

/**
 * Switches the password of an account off: whoever knows it is out and gets nothing for it, until the
 * owner of the contact mailbox sets a new one.
 */
export function switchOff(request: ActRequest): Promise<SwitchOffOutcome> {
  return actOnCustomer(request, async (tx, { customer, notified, reason, now }) => {
    const { id: accountId, passwordOffAt } = customer;
    if (passwordOffAt !== null) return { kind: "already-off", since: passwordOffAt };
    const keep = { ways: [...ownersWays, ...waysBack] };
    await shutOut(tx, accountId, { because: "switched-off", keep, now });
    await recordSupportAct(tx, request.staff, {
      act: "password-switched-off",
      notified,
      reason,
      now,
    });
    return { kind: "switched-off" };
  });
}
