import { cookieName } from "@/lib/cookies/cookies";
import type { RequestHeaders } from "@/lib/log/request-context";
import { timeZones, timeZoneToday } from "@/lib/time-zones";

/**
 * What a browser said its zone is called, by the cookie that keeps it; null: nothing that is a
 * zone.
 *
 * @param cookies the request's `Cookie` header
 */
export function zoneAsSaid(cookies: string | null | undefined): string | null {
  const start = `${cookieName("time-zone")}=`;
  const pieces = (cookies ?? "").split(";").map((piece) => piece.trim());
  const value = pieces.find((piece) => piece.startsWith(start))?.slice(start.length);
  if (value === undefined) return null;
  // Whoever sends the cookie may have written it: what is no zone makes no clock.
  const said = value.replaceAll("%2F", "/");
  return knownZone(said) === null ? null : said;
}

/** Today's name of one of the zones that a customer can choose, for any name of it; else null. */
export function knownZone(name: string): string | null {
  const today = timeZoneToday(name);
  return today !== null && timeZones.includes(today) ? today : null;
}

/** The zone that a browser says it is in; null where it says none, as without scripts. */
export function browserZone(headers: RequestHeaders): string | null {
  const said = zoneAsSaid(headers.get("cookie"));
  return said === null ? null : knownZone(said);
}
