import { recordSupportAct } from "@/lib/audit/record-support-act";
import { nobody } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { countRequest, doCounted, giveBack } from "@/lib/rate-limit/rate-window";
import { addressLimit } from "@/lib/recovery/request-reset";
import { sendResetLink } from "@/lib/recovery/send-reset-link";
import { type ActRequest, actOnCustomer, type NotDone } from "@/lib/support/act-on-customer";
import { findCustomer } from "@/lib/support/customer-store";
import { isId } from "@/lib/typed/is-id";

export type StartResetOutcome =
  | { kind: "reset-sent" }
  /** As many links were mailed to the address in an hour as anybody can ask for. */
  | { kind: "too-often"; until: Date }
  | NotDone;

/**
 * Mails a link for a new password to the contact e-mail alone. Staff see neither the link nor the
 * password, which goes on working until another one is set.
 */
export async function startReset(request: ActRequest): Promise<StartResetOutcome> {
  const { customerId } = request;
  const customer = isId(customerId) ? await findCustomer(database, customerId) : null;
  if (customer === null) return { kind: "unknown" };
  const limit = addressLimit(customer.email);
  const admission = await countRequest(database, [limit], readClock());
  const act = () =>
    actOnCustomer(
      request,
      async (tx, { customer, notified, reason, now }): Promise<StartResetOutcome> => {
        if (admission.kind === "refused") return { kind: "too-often", until: admission.until };
        await sendResetLink(tx, customer, nobody, now, true);
        await recordSupportAct(tx, request.staff, {
          act: "reset-by-support",
          notified,
          reason,
          now,
        });
        return { kind: "reset-sent" };
      },
    );
  const keys = admission.kind === "admitted" ? [limit.key] : [];
  const outcome = await doCounted(database, keys, act);
  if (outcome.kind !== "reset-sent" && admission.kind === "admitted") {
    await giveBack(database, [limit.key]);
  }
  return outcome;
}
