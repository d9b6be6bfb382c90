import type { Actor } from "@/lib/account/actor";
import { asCustomer } from "@/lib/account/as-signed-in";
import { recordOwnChange } from "@/lib/account/record-change";
import { networkText } from "@/lib/network/network";
import { checkPlaceName, type PlaceNameError } from "@/lib/places/check-place";
import { findPlace, storePlaceName } from "@/lib/places/store";
import { isId } from "@/lib/typed/is-id";

/** `unknown`: this account has no such place. `unchanged` mails nobody. */
export type RenameOutcome =
  | { kind: "renamed" | "unchanged"; network: string }
  | { kind: "invalid"; error: PlaceNameError }
  | { kind: "unknown" | "signed-out" };

/**
 * Names a trusted place.
 *
 * @param id as the form says it, from anybody
 * @param typed an empty name takes the name away
 */
export async function renamePlace(actor: Actor, id: string, typed: string): Promise<RenameOutcome> {
  const { session } = actor;
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
    await recordOwnChange(tx, actor, {
      kind: "place-renamed",
      now,
      about: { place: network, placeName: name, placeNameBefore: place.name },
    });
    return { kind: "renamed", network };
  });
}
