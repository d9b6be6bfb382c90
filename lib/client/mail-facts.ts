import type { ClientDetails } from "@/lib/client/client";

/** What every security mail says of the request it is about. */
export function requestFacts(
  accountEmail: string,
  { ip, countryCode, browser, system }: ClientDetails,
  at: Date,
) {
  return { accountEmail, ip, countryCode, browser, system, at: at.toISOString() };
}
