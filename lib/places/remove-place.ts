import { forgetPlaces } from "@/lib/access/forget-places-store";
import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import { networkText } from "@/lib/network/network";
import { findPlace, findPlaces, wasRemoved } from "@/lib/places/store";
import { isId } from "@/lib/typed/is-id";

/** `unknown`: this account has and had no such place. A second press finds it removed already. */
export type RemoveOutcome =
  | { kind: "removed"; network: string; wasHere: boolean; wasLast: boolean }
  | { kind: "already-removed" | "unknown" | "signed-out" };

/**
 * Removes a trusted place and ends the sessions that began there, other than the one that asks. It
 * narrows access, so that no password is asked.
 *
 * @param id as the form says it, from anybody
 */
export function removePlace(actor: Actor, id: string): Promise<RemoveOutcome> {
  const { session, client } = actor;
  const { accountId } = session;
  return asCustomer(actor, async (tx, now): Promise<RemoveOutcome> => {
    if (!isId(id)) return { kind: "unknown" };
    const place = await findPlace(tx, { id, accountId });
    if (place === null) {
      return { kind: (await wasRemoved(tx, { id, accountId })) ? "already-removed" : "unknown" };
    }
    const places = await findPlaces(tx, { accountId, ip: client.ip });
    const wasHere = places.some((one) => one.id === id && one.isHere);
    const { network, name } = place;
    const because = "place-removed";
    await forgetPlaces(tx, { accountId, network, exceptSession: session.id, because, now });
    const shown = networkText(network);
    await recordOwnChange(tx, actor, {
      kind: "place-removed",
      now,
      about: { place: shown, placeName: name, rowId: id },
    });
    return { kind: "removed", network: shown, wasHere, wasLast: places.length === 1 };
  });
}
