/** Who is asking, as far as the network and the browser tell. */
export type Client = {
  /** The address as text; null when it cannot be known. */
  ip: string | null;
  /** The network trust and counts go by (contract, IPV6_PREFIX), as a cidr; null when it cannot be known. */
  network: string | null;
  /** ISO 3166 code, approximate. */
  countryCode: string | null;
  /** Such as "Chrome 156". */
  browser: string | null;
  /** Such as "Windows". */
  system: string | null;
  userAgent: string;
};

/** The key that counts and blocks go by; every unknown address shares one. */
export function placeOf(client: Pick<Client, "network">): string {
  return client.network ?? "unknown";
}
