import ipaddr from "ipaddr.js";

/** Whether text is an address or CIDR range in full: 10/8 or 127.1 would be read as another one. */
export const isNetwork = (value: string) =>
  ipaddr.IPv4.isValidCIDRFourPartDecimal(value) ||
  ipaddr.IPv4.isValidFourPartDecimal(value) ||
  ipaddr.IPv6.isValid(value) ||
  ipaddr.IPv6.isValidCIDR(value);

/** Whether a range takes in more than any proxies' network, or hides IPv4 addresses in IPv6 ones. */
export function isEveryone(value: string): boolean {
  if (!ipaddr.isValidCIDR(value)) return false;
  const [address, bits] = ipaddr.parseCIDR(value);
  const mapped = address.kind() === "ipv6" && (address as ipaddr.IPv6).isIPv4MappedAddress();
  return bits < 4 || mapped;
}

/** Whether a host name or address of a URL or listener means this machine alone. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (bare === "localhost" || bare.endsWith(".localhost")) return true;
  if (ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare)) {
    return ipaddr.process(bare).range() === "loopback";
  }
  return false;
}

const loopbackRanges = [ipaddr.parseCIDR("127.0.0.0/8"), ipaddr.parseCIDR("::1/128")] as const;

/** Whether an address or range lies within this machine. */
export function isLoopbackNetwork(entry: string): boolean {
  const [address, bits] = ipaddr.isValidCIDR(entry)
    ? ipaddr.parseCIDR(entry)
    : ([ipaddr.parse(entry), ipaddr.parse(entry).kind() === "ipv4" ? 32 : 128] as const);
  return loopbackRanges.some(
    ([range, rangeBits]) =>
      range.kind() === address.kind() && bits >= rangeBits && address.match(range, rangeBits),
  );
}
