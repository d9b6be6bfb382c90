import { countryCodeOf } from "@/lib/client/country";
import { deviceOf } from "@/lib/client/device-name";
import { env } from "@/lib/env/env";
import { networkOf } from "@/lib/network/network";

/** From where somebody comes or came, as pages, mails and records show it. */
export type ClientDetails = {
  /** The address as text; null when it cannot be known. */
  ip: string | null;
  /** ISO 3166 code, approximate. */
  countryCode: string | null;
  /** Such as "Chrome 156". */
  browser: string | null;
  /** Such as "Windows". */
  system: string | null;
};

/**
 * The same with the name that its customer gave the place, where the network is one and has one.
 */
export type ClientDetailsWithPlaceName = ClientDetails & { placeName: string | null };

/** Who is asking, as far as the network and the browser show. */
export type Client = ClientDetails & {
  /** The network trust and counts go by (contract, IPV6_PREFIX), as a cidr; null when it cannot be known. */
  network: string | null;
  userAgent: string;
  /** The time zone that its browser says; null: none. */
  timeZone: string | null;
};

type Known = {
  ip: string | null;
  userAgent: string;
  /** Left out: the one that the address is in now; given: as it was recorded. */
  countryCode?: string | null;
};

/** What is shown of where something recorded came from. */
export function detailsOf({
  ip,
  userAgent,
  countryCode = ip === null ? null : countryCodeOf(ip),
}: Known): ClientDetails {
  return { ip, countryCode, ...deviceOf(userAgent) };
}

/** A client; where `network` is left out it is the one of the address. */
export function makeClient(
  known: Known & { network?: string | null; timeZone?: string | null },
): Client {
  const { ip, userAgent, timeZone = null } = known;
  const holding = ip === null ? null : networkOf(ip, env().ipv6Prefix);
  const { network = holding } = known;
  return { ...detailsOf(known), network, userAgent, timeZone };
}

/**
 * Of whom nothing is said: mails about the staff do not say from where an admin, or a command,
 * acts.
 */
export const nobody: Client = makeClient({ ip: null, network: null, userAgent: "" });
