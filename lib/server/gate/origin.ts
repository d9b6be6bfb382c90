import type { Arrival } from "@/lib/server/gate/arrival";

function placeOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
}

/**
 * Whether a form was sent from another site (CONTRACT Settled): from `null`, from another host or
 * port than the one asked for, or without an Origin where the browser says that it crossed sites.
 */
export function isForeignOrigin(
  origin: string | undefined,
  fetchSite: string | undefined,
  arrival: Pick<Arrival, "host" | "scheme">,
): boolean {
  if (origin === undefined) return fetchSite === "cross-site";
  if (arrival.host === null || !URL.canParse(origin)) return true;
  const from = new URL(origin);
  if (from.protocol !== "http:" && from.protocol !== "https:") return true;
  const scheme = arrival.scheme === null ? from.protocol : `${arrival.scheme}:`;
  return placeOf(from) !== placeOf(new URL(`${scheme}//${arrival.host}`));
}
