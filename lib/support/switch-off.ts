import { recordSupportAct } from "@/lib/audit/record-support-act";
import { endEmailChanges } from "@/lib/contact/email-change-store";
import { switchPasswordOff } from "@/lib/not-me/store";
import { endPendingCodes, endResets } from "@/lib/recovery/store";
import { endSessions } from "@/lib/sessions/store";
import { type ActRequest, actOnCustomer, type NotDone } from "@/lib/support/act-on-customer";
import { renewPin } from "@/lib/support-pin/store";
import { endTrustedBrowsers } from "@/lib/trusted-browser/store";

export type SwitchOffOutcome =
  | { kind: "switched-off" }
  | { kind: "already-off"; since: Date }
  | NotDone;

/**
 * Switches the password of an account off: whoever knows it is out and gets nothing for it, until the
 * owner of the contact mailbox sets a new one.
 */
export function switchOff(request: ActRequest): Promise<SwitchOffOutcome> {
  return actOnCustomer(request, async (tx, { customer, told, reason, at }) => {
    const { id: accountId, passwordOffAt } = customer;
    if (passwordOffAt !== null) return { kind: "already-off", since: passwordOffAt };
    await endSessions(tx, accountId, null, at);
    await endTrustedBrowsers(tx, { accountId, because: "password-reset", at, except: null });
    await endPendingCodes(tx, accountId, at);
    await endResets(tx, accountId, at);
    await endEmailChanges(tx, accountId, "cancelled", at);
    await switchPasswordOff(tx, accountId, "support", at);
    await renewPin(tx, accountId);
    await recordSupportAct(tx, request.staff, {
      act: "password-switched-off",
      told,
      reason,
      at,
    });
    return { kind: "switched-off" };
  });
}
