import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CountryResponse, Reader } from "mmdb-lib";
import { log } from "@/lib/log/log";
import { parseAddress } from "@/lib/network/network";

const folder = "node_modules/@ip-location-db/geo-whois-asn-country-mmdb";
const tables = { ipv4: "geo-whois-asn-country-ipv4.mmdb", ipv6: "geo-whois-asn-country-ipv6.mmdb" };

type Kind = keyof typeof tables;
type Readers = Partial<Record<Kind, Reader<CountryResponse> | null>>;

// The server's own modules and Next's bundle each evaluate this file; megabytes are read once.
const shared = globalThis as { portariaCountries?: Readers };

function openTable(kind: Kind): Reader<CountryResponse> | null {
  try {
    return new Reader<CountryResponse>(
      readFileSync(join(/* turbopackIgnore: true */ process.cwd(), folder, tables[kind])),
    );
  } catch (error) {
    log.warn(
      { err: error },
      "The table of countries cannot be read: networks will have no country",
    );
    return null;
  }
}

function readerOf(kind: Kind): Reader<CountryResponse> | null {
  shared.portariaCountries ??= {};
  const readers = shared.portariaCountries;
  if (readers[kind] === undefined) readers[kind] = openTable(kind);
  return readers[kind];
}

/**
 * The country an address is registered in, from tables on disk, each read with first use.
 *
 * @returns ISO 3166 code such as `PT`; null for addresses that belong to no country (private,
 * reserved, tunnels) or are not listed, and without the table
 */
export function countryCodeOf(ip: string): string | null {
  const address = parseAddress(ip);
  if (address?.range() !== "unicast") return null;
  const found: unknown = readerOf(address.kind())?.get(ip);
  if (typeof found !== "object" || found === null) return null;
  const code = (found as { country_code?: unknown }).country_code;
  return typeof code === "string" ? code : null;
}
