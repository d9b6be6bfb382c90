import type { Client } from "@/lib/client/client";

/** What every security mail says of the request it is about. */
export function requestFacts(
  accountEmail: string,
  client: Omit<Client, "network" | "userAgent">,
  at: Date,
) {
  return {
    accountEmail,
    ip: client.ip,
    countryCode: client.countryCode,
    browser: client.browser,
    system: client.system,
    at: at.toISOString(),
  };
}
