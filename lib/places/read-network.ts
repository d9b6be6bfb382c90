import ipaddr from "ipaddr.js";
import { networkOf, parseAddress } from "@/lib/network/network";
import type { TypedNetwork } from "@/lib/places/rules/judge-network";

type Address = NonNullable<ReturnType<typeof parseAddress>>;

// RFC 5737 and RFC 3849: documentation's addresses are nobody's, so they harm nobody, and examples work.
const documentation = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"].map(
  (range) => ipaddr.parseCIDR(range),
);

function isPublic(address: Address): boolean {
  const isExample = documentation.some(
    ([range, bits]) => range.kind() === address.kind() && address.match(range, bits),
  );
  return isExample || address.range() === "unicast";
}

/**
 * Reads an address or a range as a customer types it. An address alone stands for what "IP" means
 * everywhere: itself, or its IPv6 network. A range may be written with any address in it. IPv4-mapped
 * IPv6 is IPv4.
 *
 * @param ipv6Prefix length in bits of an IPv6 address's network
 * @returns null for what is neither
 */
export function readNetwork(typed: string, ipv6Prefix: number): TypedNetwork | null {
  const [ip = "", length, ...rest] = typed.trim().split("/");
  const address = parseAddress(ip.trim());
  if (address === null || rest.length > 0) return null;
  const version = address.kind() === "ipv4" ? 4 : 6;
  const bits = length === undefined ? (version === 4 ? 32 : ipv6Prefix) : readLength(length);
  // The length of a mapped address counts the 96 bits in front of it: nobody writes that by hand.
  if (
    bits === null ||
    (version === 4 && (bits > 32 || (length !== undefined && ip.includes(":"))))
  ) {
    return null;
  }
  const network = version === 4 ? ipv4Network(address, bits) : networkOf(ip.trim(), bits);
  const [first] = ipaddr.parseCIDR(network);
  return { network, version, prefix: bits, isPublic: isPublic(first) && isPublic(address) };
}

function readLength(text: string): number | null {
  const trimmed = text.trim();
  if (!/^\d{1,3}$/.test(trimmed)) return null;
  const bits = Number(trimmed);
  return bits <= 128 ? bits : null;
}

function ipv4Network(address: Address, bits: number): string {
  const network = ipaddr.IPv4.networkAddressFromCIDR(`${address.toString()}/${bits}`);
  return `${network.toString()}/${bits}`;
}
