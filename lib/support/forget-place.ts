import { forgetPlaces } from "@/lib/access/forget-places-store";
import { recordSupportAct } from "@/lib/audit/record-support-act";
import { networkText } from "@/lib/network/network";
import { findPlace } from "@/lib/places/store";
import { type ActRequest, actOnCustomer, type NotDone } from "@/lib/support/act-on-customer";
import { isId } from "@/lib/typed/is-id";

/** `place-gone`: the account does not trust it, or not any more. */
export type ForgetOutcome =
  | { kind: "forgotten"; network: string }
  | { kind: "place-gone" }
  | NotDone;

/**
 * Forgets a trusted place of an account, with the browsers seen there, and ends the sessions that
 * began there.
 *
 * @param request.placeId as the form says it
 */
export function forgetPlace(request: ActRequest & { placeId: string }): Promise<ForgetOutcome> {
  const { placeId } = request;
  return actOnCustomer(request, async (tx, { customer, notified, reason, now }) => {
    const { id: accountId } = customer;
    const place = isId(placeId) ? await findPlace(tx, { id: placeId, accountId }) : null;
    if (place === null) return { kind: "place-gone" };
    const { network, name } = place;
    const because = "place-forgotten-by-support";
    await forgetPlaces(tx, { accountId, network, exceptSession: null, because, now });
    const shown = networkText(network);
    await recordSupportAct(tx, request.staff, {
      act: "place-forgotten-by-support",
      details: { network },
      notified,
      reason,
      about: { place: shown, placeName: name, rowId: placeId },
      now,
    });
    return { kind: "forgotten", network: shown };
  });
}
