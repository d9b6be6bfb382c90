import type { Arrival } from "@/lib/server/gate/arrival";

function hostAndPortOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
}

/** Why a form counts as sent from another site; it stands in the log. */
export type ForeignBecause =
  | "Origin is null"
  | "Origin is not an http or https address"
  | "Origin names another host or port than the request"
  | "no Origin, and Sec-Fetch-Site says cross-site";

/**
 * Whether a form was sent from another site (contract, "Forms"): from `null`, from another host or
 * port than the one asked for, or without an Origin where the browser says that it crossed sites. The
 * public origin itself is never foreign, whatever a proxy says of the scheme.
 *
 * @returns null for a form of ours
 */
export function foreignBecause(
  origin: string | undefined,
  fetchSite: string | undefined,
  arrival: Pick<Arrival, "host" | "scheme">,
  appUrl: string,
): ForeignBecause | null {
  if (origin === undefined) {
    return fetchSite === "cross-site" ? "no Origin, and Sec-Fetch-Site says cross-site" : null;
  }
  if (origin === "null") return "Origin is null";
  const from = URL.canParse(origin) ? new URL(origin) : null;
  if (from === null || (from.protocol !== "http:" && from.protocol !== "https:")) {
    return "Origin is not an http or https address";
  }
  if (from.origin === new URL(appUrl).origin) return null;
  const scheme = arrival.scheme === null ? from.protocol : `${arrival.scheme}:`;
  const asked = arrival.host === null ? null : hostAndPortOf(new URL(`${scheme}//${arrival.host}`));
  return hostAndPortOf(from) === asked
    ? null
    : "Origin names another host or port than the request";
}
