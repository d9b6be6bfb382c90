import type { IncomingMessage } from "node:http";
import { arrivalIp, canaryHeader } from "@/lib/client/canary-arrival";
import { forwardingHeaders, isTrustedProxy, resolveClientIp } from "@/lib/client/client-ip";
import type { GateSettings } from "@/lib/server/gate/settings";

/** Where a request came from and which site it asked for. */
export type Arrival = {
  /** null: unknown. */
  ip: string | null;
  proxyForgotten: boolean;
  /** Whether any forwarding header came. */
  forwarded: boolean;
  fromTrustedProxy: boolean;
  /** `Host` as sent; null where it is missing, doubled or no host. */
  rawHost: string | null;
  /** The host and port the client asked for: `X-Forwarded-Host` of a trusted proxy, else `Host`. */
  host: string | null;
  /** null: not known, it is whatever the client says. */
  scheme: "http" | "https" | null;
};

/** Host and port as a URL spells them; null for what is more or less than these two. */
export function readHost(text: string | undefined): string | null {
  if (!text || [..."/\\?#@, %\t"].some((other) => text.includes(other))) return null;
  return URL.canParse(`http://${text}`) ? text.toLowerCase() : null;
}

function lastOf(header: string | string[] | undefined): string | undefined {
  // The peer is the proxy we trust, and what it has written stands last.
  return [header ?? []].flat().join(",").split(",").at(-1)?.trim() || undefined;
}

function countOf(req: IncomingMessage, name: string): number {
  return req.rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name)
    .length;
}

function schemeOf(proto: string | undefined, host: string | null, appUrl: URL): Arrival["scheme"] {
  if (proto === "http" || proto === "https") return proto;
  if (host === null || new URL(`${appUrl.protocol}//${host}`).host !== appUrl.host) return null;
  return appUrl.protocol === "https:" ? "https" : "http";
}

/** Judges where a request came from. Changes nothing. */
export function readArrival(req: IncomingMessage, settings: GateSettings): Arrival {
  const { headers } = req;
  const present = forwardingHeaders.filter((name) => headers[name] !== undefined);
  const peer = req.socket.remoteAddress;
  const resolved = resolveClientIp({
    peer,
    forwardedFor: headers["x-forwarded-for"],
    otherForwardingHeaders: present.some((name) => name !== "x-forwarded-for"),
    trustedProxies: settings.trustedProxies,
    appUrl: settings.appUrl,
  });
  const fromTrustedProxy = isTrustedProxy(peer?.split("%")[0] ?? "", settings.trustedProxies);
  const rawHost = countOf(req, "host") === 1 ? readHost(headers.host) : null;
  const forwardedHost = fromTrustedProxy ? lastOf(headers["x-forwarded-host"]) : undefined;
  const host = forwardedHost === undefined ? rawHost : readHost(forwardedHost);
  const proto = fromTrustedProxy ? lastOf(headers["x-forwarded-proto"])?.toLowerCase() : undefined;
  return {
    ...resolved,
    ip: arrivalIp(resolved.ip, headers[canaryHeader]),
    forwarded: present.length > 0,
    fromTrustedProxy,
    rawHost,
    host,
    scheme: schemeOf(proto, host, new URL(settings.appUrl)),
  };
}

/**
 * Leaves of the forwarding headers only what the gate itself vouches for: the host and, where it is
 * known, the scheme. Next and NextAuth believe these headers whoever sent them.
 */
export function rewriteForwarding(req: IncomingMessage, arrival: Arrival): void {
  for (const name of [...forwardingHeaders, canaryHeader]) delete req.headers[name];
  if (arrival.host) req.headers["x-forwarded-host"] = arrival.host;
  if (arrival.scheme) req.headers["x-forwarded-proto"] = arrival.scheme;
}
