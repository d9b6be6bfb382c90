import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { storeActivity } from "@/lib/account/change-store";
import { networkText } from "@/lib/network/network";
import { checkPlaceName, type PlaceNameError } from "@/lib/places/check-place";
import { findPlace, storePlaceName } from "@/lib/places/store";
import { isId } from "@/lib/typed/is-id";

/** `unknown`: this account has no such place. `unchanged`: it had that name, or none, already. */
export type RenameOutcome =
  | { kind: "renamed" | "unchanged"; network: string }
  | { kind: "invalid"; error: PlaceNameError }
  | { kind: "unknown" | "signed-out" };

/**
 * Names a trusted place. It is an activity and mails nobody: a name opens nothing to anybody.
 *
 * @param id as the form says it, from anybody
 * @param typed an empty name takes the name away
 */
export async function renamePlace(actor: Actor, id: string, typed: string): Promise<RenameOutcome> {
  const { session, client } = actor;
  const { accountId } = session;
  const checked = checkPlaceName(typed);
  return asCustomer(actor, async (tx, now): Promise<RenameOutcome> => {
    const place = isId(id) ? await findPlace(tx, { id, accountId }) : null;
    if (place === null) return { kind: "unknown" };
    if ("error" in checked) return { kind: "invalid", error: checked.error };
    const network = networkText(place.network);
    const { name } = checked;
    if (name === place.name) return { kind: "unchanged", network };
    await storePlaceName(tx, { id, name });
    const about = { place: network, placeName: name, placeNameBefore: place.name };
    await storeActivity(tx, { accountId, kind: "place-renamed", about, client, now });
    return { kind: "renamed", network };
  });
}
