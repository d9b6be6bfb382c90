import ipaddr from "ipaddr.js";
import { browserZone } from "@/lib/client/browser-zone";
import { type Client, makeClient } from "@/lib/client/client";
import { noteReached, type RequestHeaders, requestBrought } from "@/lib/log/request-context";
import { addressText, isLoopback, isPrivate, parseAddress } from "@/lib/network/network";
import { isLoopbackHost } from "@/lib/network/network-text";

/**
 * Headers by which a reverse proxy gives itself away. `Via` is one: where the peer is private,
 * whatever sent it stands between the customer and us, even without naming the customer.
 */
export const forwardingHeaders = [
  "x-forwarded-for",
  "forwarded",
  "x-real-ip",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-forwarded-server",
  "x-forwarded-ssl",
  "x-forwarded-scheme",
  "x-forwarded-prefix",
  "x-original-forwarded-for",
  "x-client-ip",
  "x-cluster-client-ip",
  "true-client-ip",
  "cf-connecting-ip",
  "fastly-client-ip",
  "fly-client-ip",
  "via",
] as const;

/**
 * The header in which the gate gives the app the client's IP; what a client sends in it is
 * overwritten.
 */
export const clientIpHeader = "x-portaria-client";

export type ForwardingFacts = {
  /** The TCP peer's address; undefined where the connection is gone. */
  peer: string | undefined;
  /** `X-Forwarded-For`, several lines as an array or joined by commas. */
  forwardedFor: string | string[] | undefined;
  /** Whether any header of `forwardingHeaders` besides `X-Forwarded-For` came. */
  otherForwardingHeaders: boolean;
  /** Addresses and CIDRs, as checked by `readEnvironment`. */
  trustedProxies: readonly string[];
  appUrl: string;
};

export type ResolvedClient = {
  /** null: unknown, to be trusted by nobody. */
  ip: string | null;
  /** A proxy stands in front and TRUSTED_PROXIES does not name it. */
  proxyForgotten: boolean;
};

/** Whether `ip` is one of the addresses or inside one of the CIDRs. */
export function isTrustedProxy(ip: string, trustedProxies: readonly string[]): boolean {
  const address = parseAddress(ip);
  if (address === null) return false;
  return trustedProxies.some((entry) => {
    const [start, bits] = entry.includes("/")
      ? ipaddr.parseCIDR(entry)
      : [ipaddr.parse(entry), null];
    const mapped = start instanceof ipaddr.IPv6 && start.isIPv4MappedAddress();
    const network = mapped ? start.toIPv4Address() : start;
    if (network.kind() !== address.kind()) return false;
    const width = network.kind() === "ipv4" ? 32 : 128;
    return address.match(network, bits === null ? width : mapped ? Math.max(bits - 96, 0) : bits);
  });
}

function isPort(text: string): boolean {
  const digits = [...text];
  return (
    digits.length > 0 &&
    digits.length <= 5 &&
    digits.every((digit) => digit >= "0" && digit <= "9") &&
    Number(text) <= 65535
  );
}

/** One entry of the list: an address, `1.2.3.4:5678`, `[2001:db8::1]` or `[2001:db8::1]:443`. */
function readEntry(entry: string): string | null {
  const text = entry.trim();
  let host = text;
  if (text.startsWith("[")) {
    const close = text.indexOf("]");
    const rest = text.slice(close + 1);
    if (close < 0 || (rest !== "" && !(rest.startsWith(":") && isPort(rest.slice(1))))) return null;
    host = text.slice(1, close);
    if (!host.includes(":")) return null;
  } else if (text.includes(".") && text.indexOf(":") === text.lastIndexOf(":")) {
    const [before = "", port] = text.split(":");
    if (port !== undefined && !isPort(port)) return null;
    host = before;
  }
  const address = parseAddress(host);
  return address === null ? null : addressText(address);
}

function readPeer(peer: string | undefined): string | null {
  // A link-local peer comes with the interface it arrived on, which is ours and not part of it.
  const address = parseAddress(peer?.split("%")[0] ?? "");
  return address === null ? null : addressText(address);
}

/**
 * What is at the other end (contract, `TRUSTED_PROXIES`).
 *
 * With trusted proxies the list is walked from the right, the peer first; the first address that
 * is not a trusted proxy is the client. An entry that is no address ends the walk as unknown,
 * because what stands left of it was not vouched for by anyone. So does a list that holds trusted
 * proxies only: it names no client, and its leftmost entry may have been typed by whoever sits there.
 */
export function resolveClientIp(facts: ForwardingFacts): ResolvedClient {
  const peer = readPeer(facts.peer);
  if (peer === null) return { ip: null, proxyForgotten: false };

  if (facts.trustedProxies.length === 0) {
    const forwarded = facts.forwardedFor !== undefined || facts.otherForwardingHeaders;
    const proxyForgotten =
      forwarded &&
      (isLoopback(peer) || isPrivate(peer)) &&
      !isLoopbackHost(new URL(facts.appUrl).hostname);
    return { ip: proxyForgotten ? null : peer, proxyForgotten };
  }

  if (!isTrustedProxy(peer, facts.trustedProxies)) return { ip: peer, proxyForgotten: false };
  const entries = [facts.forwardedFor ?? []].flat().join(",").split(",").reverse();
  for (const entry of entries) {
    const address = readEntry(entry);
    if (address === null) break;
    if (!isTrustedProxy(address, facts.trustedProxies)) {
      return { ip: address, proxyForgotten: false };
    }
  }
  return { ip: null, proxyForgotten: false };
}

/**
 * Reads a client from a request's headers. The IP is the one the gate wrote there: a request that did not
 * come through the gate has an unknown one.
 */
export function clientOf(headers: RequestHeaders): Client {
  noteReached();
  const address = parseAddress(headers.get(clientIpHeader) ?? "");
  const ip = address === null ? null : addressText(address);
  const userAgent = (headers.get("user-agent") ?? "").slice(0, 400);
  return makeClient({ ip, userAgent, timeZone: browserZone(headers) });
}

/** The client of the request being answered. */
export const clientNow = (): Client => clientOf(requestBrought().headers);
