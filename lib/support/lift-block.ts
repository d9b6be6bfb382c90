import { recordSupportAct } from "@/lib/audit/record-support-act";
import { forgetAttempts } from "@/lib/challenge/attempts-store";
import { networkText } from "@/lib/network/network";
import { type ActRequest, actOnCustomer, type NotDone } from "@/lib/support/act-on-customer";
import { findBlockByReference } from "@/lib/support/customer-store";
import { readReference } from "@/lib/support/read-search";

/** `block-over`: it has ended by itself, or somebody lifted it before. */
export type LiftOutcome =
  | { kind: "lifted"; blockedNetwork: string | null }
  | { kind: "block-over" }
  | NotDone;

/**
 * Lifts a block of sign-in to an account from one network, whatever it came from. The attempts of that
 * network begin anew.
 *
 * @param request.reference of the block, as the form says it
 */
export function liftBlock(request: ActRequest & { reference: string }): Promise<LiftOutcome> {
  const reference = readReference(request.reference);
  return actOnCustomer(request, async (tx, { customer, notified, reason, now }) => {
    const block =
      reference === null ? null : await findBlockByReference(tx, customer.id, reference);
    if (block?.blockedUntil == null || block.blockedUntil <= now) return { kind: "block-over" };
    await forgetAttempts(tx, block.subject, block.key);
    const blockedNetwork = block.network === "unknown" ? null : networkText(block.network);
    await recordSupportAct(tx, request.staff, {
      act: "block-lifted",
      details: { reference, network: block.network },
      notified,
      reason,
      about: blockedNetwork === null ? {} : { place: blockedNetwork },
      now,
    });
    return { kind: "lifted", blockedNetwork };
  });
}
