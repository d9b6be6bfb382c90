const IPV4_BITS = 32;

/** How many "IPs" are in a network: addresses of IPv4, networks of `ipv6Prefix` bits of IPv6. */
function sizeOf(network: string, ipv6Prefix: number): number {
  const single = network.includes(":") ? ipv6Prefix : IPV4_BITS;
  const length = Number(network.split("/")[1] ?? single);
  return 2 ** Math.max(0, single - length);
}

/**
 * The widest of some networks; null where none is wider than what a sign-in from there trusts anyway.
 *
 * @param networks an address, or a range with its length
 */
export function widestRange(
  networks: readonly string[],
  ipv6Prefix: number,
): { network: string; size: number } | null {
  const ranges = networks
    .map((network) => ({ network, size: sizeOf(network, ipv6Prefix) }))
    .filter(({ size }) => size > 1);
  return ranges.sort((one, other) => other.size - one.size)[0] ?? null;
}
