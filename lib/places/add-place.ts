import type { Actor } from "@/lib/account/actor";
import { recordOwnChange } from "@/lib/account/record-change";
import type { Database } from "@/lib/db/transaction";
import { networkText } from "@/lib/network/network";
import { findOverlapping } from "@/lib/places/store";
import { trustPlace } from "@/lib/sign-in/store";

/** `place-known`: an equal or wider place was trusted by then. */
export type AddOutcome = { kind: "place-added" | "place-known"; network: string };

/**
 * Trusts a network that a customer named, in the caller's transaction and under the lock of the
 * account; beyond 100 places the least recently used makes room.
 *
 * @param request.network a cidr that `checkPlace` let through
 */
export async function addPlace(
  tx: Database,
  actor: Actor,
  request: { network: string; name: string | null },
  now: Date,
): Promise<AddOutcome> {
  const { accountId } = actor.session;
  const { network, name } = request;
  const shown = networkText(network);
  const overlapping = await findOverlapping(tx, { accountId, network });
  if (overlapping.some(({ holdsIt }) => holdsIt)) return { kind: "place-known", network: shown };
  await trustPlace(tx, { accountId, network, because: "by-hand", name, now });
  await recordOwnChange(tx, actor, {
    kind: "place-added",
    now,
    about: { place: shown, placeName: name },
    undo: { kind: "place", network },
  });
  return { kind: "place-added", network: shown };
}
