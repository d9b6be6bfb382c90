import { randomBytes } from "node:crypto";
import { readClock } from "@/lib/clock";
import { addressText, parseAddress } from "@/lib/network/network";
import { seal, unseal } from "@/lib/secrets/secrets";

/** In which the canary's job says from which network its sign-in is to be taken; signed, and for minutes. */
export const canaryHeader = "x-portaria-canary";

/** In the range for documentation (RFC 3849), which no customer comes from. */
export const CANARY_NETWORK = "2001:db8:ca::/48";

const PURPOSE = "canary arrival";
const VALID_MINUTES = 15;
const start = CANARY_NETWORK.replace("::/48", ":");

/** An address in a network of its own, which no account has been signed in to from. */
export function newCanaryAddress(): string {
  const groups = randomBytes(10).toString("hex").match(/.{4}/g) ?? [];
  const address = parseAddress(`${start}${groups.join(":")}`);
  if (address === null) throw new Error("The canary's address is none.");
  return addressText(address);
}

/** The value of the header for a sign-in that begins now. */
export const sealArrival = (ip: string): string =>
  seal(PURPOSE, { ip, until: readClock().getTime() + VALID_MINUTES * 60_000 });

const isCanarys = (ip: string): boolean => ip.startsWith(start);

/**
 * From which address a request comes: where the canary's job signed one, from that. What arrives from there
 * without is not known.
 *
 * @param ip as the connection and the proxies have it; null: not known
 */
export function arrivalIp(ip: string | null, header: string | string[] | undefined): string | null {
  const signed = typeof header === "string" ? unseal(PURPOSE, header) : null;
  const { ip: given, until } = (signed ?? {}) as { ip?: unknown; until?: unknown };
  const isFresh = typeof until === "number" && until > readClock().getTime();
  if (isFresh && typeof given === "string" && isCanarys(given)) return given;
  return ip !== null && isCanarys(ip) ? null : ip;
}
