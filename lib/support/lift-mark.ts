import { recordUnmailedAct } from "@/lib/audit/record-support-act";
import { liftAtProvider } from "@/lib/mail/fate/lift-at-provider";
import { type ActRequest, actOnCustomer, type NotDone } from "@/lib/support/act-on-customer";
import { findMarks, liftMarkOf } from "@/lib/support/mark-store";

/**
 * `lifted`: mail is sent there again; `lifted-here`: by us, while our mail service goes on sending nothing
 * there, as far as is known; `not-marked`: nothing was to be lifted; `marked-anew`: it came back just now.
 */
export type LiftMarkOutcome =
  | { kind: "lifted" | "lifted-here" | "not-marked" | "marked-anew" }
  | NotDone;

/**
 * Lets mail go to an address of a customer again, and asks the mail service for the same where it keeps a
 * list of its own. That is asked after the act is done: however slow it is, nothing waits for it.
 *
 * @param request.which "contact" or the id of a further address, as the form says it
 */
export async function liftMark(request: ActRequest & { which: string }): Promise<LiftMarkOutcome> {
  let address = "";
  const outcome = await actOnCustomer<{ kind: "lifted" | "not-marked" | "marked-anew" }>(
    request,
    async (tx, { customer, reason, now }) => {
      const mark = (await findMarks(tx, customer.id)).find(({ which }) => which === request.which);
      if (mark === undefined) return { kind: "not-marked" };
      if (!(await liftMarkOf(tx, mark.email, now))) return { kind: "marked-anew" };
      const { because, status } = mark;
      await recordUnmailedAct(tx, request.staff, {
        act: "mark-lifted",
        accountId: customer.id,
        details: { address: request.which === "contact" ? "contact" : "further", because, status },
        reason,
        now,
      });
      address = mark.email;
      return { kind: "lifted" };
    },
  );
  if (outcome.kind !== "lifted") return outcome;
  return { kind: (await liftAtProvider(address)) === "failed" ? "lifted-here" : "lifted" };
}
