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

/** The key by which one browser at a network counts, and no other there. */
export const browserKeyOf = (networkKey: string, browserId: string): string =>
  `${networkKey}@${browserId}`;

/** The network of a stored key; null for that of the unknown ones. */
export function networkOfKey(key: string): string | null {
  const [network = key] = key.split("@");
  return network === UNKNOWN ? null : network;
}
