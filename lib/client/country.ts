import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CountryResponse, Reader } from "mmdb-lib";
import { log } from "@/lib/log/log";
import { parseAddress } from "@/lib/network/network";

const table = "node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";

let reader: Reader<CountryResponse> | null | undefined;

function openTable(): Reader<CountryResponse> | null {
  try {
    return new Reader<CountryResponse>(
      readFileSync(join(/* turbopackIgnore: true */ process.cwd(), table)),
    );
  } catch (error) {
    log.warn(
      { err: error },
      "The table of countries cannot be read: networks will have no country",
    );
    return null;
  }
}

/**
 * The country an address is registered in, from a table on disk that is read with first use.
 *
 * @returns ISO 3166 code such as `PT`; null for addresses that belong to no country (private,
 * reserved, tunnels) or are not listed, and without the table
 */
export function countryCodeOf(ip: string): string | null {
  if (parseAddress(ip)?.range() !== "unicast") return null;
  if (reader === undefined) reader = openTable();
  const found: unknown = reader?.get(ip);
  if (typeof found !== "object" || found === null) return null;
  const code = (found as { country_code?: unknown }).country_code;
  return typeof code === "string" ? code : null;
}
