import type { Actor } from "@/lib/account/actor";
import type { Client } from "@/lib/client/client";
import { countryCodeOf } from "@/lib/client/country";
import { database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { networkText } from "@/lib/network/network";
import { widestRange } from "@/lib/places/rules/widest-range";
import { findPlaces } from "@/lib/places/store";

/** A trusted place as its page shows it. */
export type Place = {
  id: string;
  /** An address, or a range with its length. */
  network: string;
  name: string | null;
  countryCode: string | null;
  because: "sign-up" | "code" | "by-hand";
  since: Date;
  lastUsedAt: Date;
  isHere: boolean;
  /** Whether many customers come from there, so that trusting it says less. */
  isShared: boolean;
};

/** The trusted places of an account: the one that is asked from first, then the last used. */
export async function listPlaces(session: Actor["session"], client: Client): Promise<Place[]> {
  const rows = await findPlaces(database, { accountId: session.accountId, ip: client.ip });
  return rows.map(({ network, createdAt, because, ...row }) => ({
    ...row,
    network: networkText(network),
    countryCode: countryCodeOf(network.split("/", 1)[0] ?? ""),
    because: because as Place["because"],
    since: createdAt,
  }));
}

/** The widest range among places, with how many IPs are in it; null: each is one IP. */
export function widestOf(places: readonly Place[]): { place: Place; size: number } | null {
  const networks = places.map(({ network }) => network);
  const widest = widestRange(networks, env().ipv6Prefix);
  const place = places.find(({ network }) => network === widest?.network);
  return widest && place ? { place, size: widest.size } : null;
}
