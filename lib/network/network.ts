import { isIPv4, isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";

type Address = ReturnType<typeof ipaddr.process>;

// "private" in the sense of "no stranger comes from there": a proxy or a neighbour does.
const privateRanges = ["private", "uniqueLocal", "linkLocal", "carrierGradeNat"];

/**
 * Reads one address in its full, ordinary notation: four decimal parts, or IPv6 without a zone.
 * IPv4-mapped IPv6 is IPv4.
 *
 * @returns null for anything else: `127.1`, `0x7f000001`, `1.2.3.4:80`, names, blanks
 */
export function parseAddress(text: string): Address | null {
  if (isIPv4(text) && ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (text.includes("%") || !isIPv6(text) || !ipaddr.IPv6.isValid(text)) return null;
  return ipaddr.process(text);
}

/** An address as text in its shortest usual form, the same for every spelling of it. */
export function addressText(address: Address): string {
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}

function addressOf(ip: string): Address {
  const address = parseAddress(ip);
  if (address === null) throw new TypeError("networkOf needs an IP address");
  return address;
}

/**
 * What "IP" means everywhere: the IPv4 address itself, or the network of an IPv6 address.
 *
 * @param ipv6Prefix length in bits, 0 to 128
 * @returns CIDR text, such as `203.0.113.7/32` or `2001:db8:1:2::/64`
 * @throws TypeError where `ip` is not an address
 */
export function networkOf(ip: string, ipv6Prefix: number): string {
  const address = addressOf(ip);
  if (address.kind() === "ipv4") return `${addressText(address)}/32`;
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${addressText(address)}/${ipv6Prefix}`);
  return `${addressText(network)}/${ipv6Prefix}`;
}

/** Whether an address is this machine's own; false for what is not an address. */
export function isLoopback(ip: string): boolean {
  return parseAddress(ip)?.range() === "loopback";
}

/** Whether an address belongs to a private network; false for what is not an address. */
export function isPrivate(ip: string): boolean {
  const address = parseAddress(ip);
  return address !== null && privateRanges.includes(address.range());
}

/**
 * A network as people read it: an address without its length, a range with it.
 *
 * @param network CIDR text
 * @returns such as `203.0.113.7`, `203.0.113.0/24` or `2001:db8:1:2::/64`
 */
export function networkText(network: string): string {
  return network.endsWith("/32") && !network.includes(":") ? network.slice(0, -3) : network;
}
