import type { Client } from "@/lib/client/client";
import { env } from "@/lib/env/env";
import { networkOf } from "@/lib/network/network";

// Every unknown address shares one key.
const UNKNOWN = "unknown";

/** The key that counts and blocks go by. */
export const networkKeyOf = (client: Pick<Client, "network">): string => client.network ?? UNKNOWN;

/** The key of the network that an address is in now. */
export const networkKeyOfIp = (ip: string | null): string =>
  ip === null ? UNKNOWN : networkOf(ip, env().ipv6Prefix);

/** The key by which a trusted browser counts, wherever it is. */
export const trustedBrowserKey = (id: string): string => `${UNKNOWN}@${id}`;

/** Whether a trusted browser makes a place known, and no trusted place. */
export const isTrustedBrowserKey = (knownBy: string): boolean => knownBy.includes("@");

/**
 * The key by which one browser at a known place counts, and no other there.
 *
 * @param knownBy what makes the place known: a trusted place's cidr, which may be a range, or the key of a
 *   trusted browser, whose copies count as one whatever id they show
 */
export const browserKeyOf = (knownBy: string, browserId: string): string =>
  isTrustedBrowserKey(knownBy) ? knownBy : `${knownBy}@${browserId}`;

/** The network of a stored key; null for that of the unknown ones. */
export function networkOfKey(key: string): string | null {
  const [network = key] = key.split("@");
  return network === UNKNOWN ? null : network;
}
