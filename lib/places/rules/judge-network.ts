import { WIDEST_IPV4_PREFIX, WIDEST_IPV6_PREFIX } from "@/lib/places/rules/limits";

/** A network somebody typed, as it was read. */
export type TypedNetwork = {
  /** A cidr without host bits. */
  network: string;
  version: 4 | 6;
  /** Its length in bits. */
  prefix: number;
  /** Whether all of it can be a customer's address on the internet. */
  isPublic: boolean;
};

/** Whether a typed network can become a trusted place; each refusal is a message's key. */
export type NetworkVerdict =
  | { kind: "network"; network: string }
  | { kind: "malformed" }
  | { kind: "too-wide" }
  | { kind: "private" };

/** Only what a customer can really come from, and nothing wider than one site's network. */
export function judgeNetwork(typed: TypedNetwork | null): NetworkVerdict {
  if (typed === null) return { kind: "malformed" };
  const widest = typed.version === 4 ? WIDEST_IPV4_PREFIX : WIDEST_IPV6_PREFIX;
  if (typed.prefix < widest) return { kind: "too-wide" };
  if (!typed.isPublic) return { kind: "private" };
  return { kind: "network", network: typed.network };
}
