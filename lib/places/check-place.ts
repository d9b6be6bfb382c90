import type { Actor } from "@/lib/account/actor";
import { database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { networkText } from "@/lib/network/network";
import { readNetwork } from "@/lib/places/read-network";
import { judgeNetwork } from "@/lib/places/rules/judge-network";
import { PLACE_NAME_MAX_LENGTH } from "@/lib/places/rules/limits";
import { findOverlapping } from "@/lib/places/store";
import { type NameError, typedName } from "@/lib/typed/typed-name";

/** Why the form is not taken; each is a message's key. */
export type PlaceErrors = {
  network?: "networkMissing" | "malformed" | "too-wide" | "private" | "covered" | "overlaps";
  name?: PlaceNameError;
};

export type PlaceNameError = Exclude<NameError, "nameMissing">;

/** What becomes of a form that adds a place, before the password is looked at. */
export type PlaceCheck =
  | { kind: "place"; network: string; name: string | null }
  /** Exactly this place is trusted already. */
  | { kind: "known"; network: string }
  | { kind: "invalid"; errors: PlaceErrors; overlapping: string };

/** Reads a place's name; an empty one takes the name away. */
export function checkPlaceName(typed: string): { name: string | null } | { error: PlaceNameError } {
  const { name, error } = typedName(typed, PLACE_NAME_MAX_LENGTH);
  if (error === "nameMissing") return { name: null };
  return error === undefined ? { name } : { error };
}

/** Checks the form that adds a place by hand. Changes nothing. */
export async function checkPlace(
  session: Actor["session"],
  typed: { network: string; name: string },
): Promise<PlaceCheck> {
  const named = checkPlaceName(typed.name);
  const errors: PlaceErrors = "error" in named ? { name: named.error } : {};
  const name = "name" in named ? named.name : null;
  const invalid = (error: PlaceErrors["network"], overlapping = "") =>
    ({ kind: "invalid", errors: { network: error, ...errors }, overlapping }) as const;
  if (typed.network.trim() === "") return invalid("networkMissing");
  const verdict = judgeNetwork(readNetwork(typed.network, env().ipv6Prefix));
  if (verdict.kind !== "network") return invalid(verdict.kind);
  const { network } = verdict;
  const [other] = await findOverlapping(database, { accountId: session.accountId, network });
  if (other?.network === network && errors.name === undefined) return { kind: "known", network };
  if (other !== undefined) {
    const shown = networkText(other.network);
    const called = other.name === null ? shown : `${other.name} (${shown})`;
    return invalid(other.holdsIt ? "covered" : "overlaps", called);
  }
  return errors.name === undefined
    ? { kind: "place", network, name }
    : { kind: "invalid", errors, overlapping: "" };
}
