import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { clientIpHeader } from "@/lib/client/client-ip";
import { networkKeyOfIp } from "@/lib/client/network-key";
import { cookieName } from "@/lib/cookies/cookies";
import {
  type Brought,
  type Holder,
  type RequestContext,
  tokenHeader,
} from "@/lib/log/request-context";
import { openSession } from "@/lib/secrets/session-token";
import type { Arrival } from "@/lib/server/gate/arrival";
import { readCookie } from "@/lib/server/gate/cookie";
import { removeInsideHeaders } from "@/lib/server/gate/next-headers";
import { readPath, readQuery } from "@/lib/server/gate/path-rules";
import { RequestCookies } from "@/lib/server/gate/request-cookies";
import type { GateSettings } from "@/lib/server/gate/settings";

function isPlainId(text: string): boolean {
  const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
  return text.length >= 8 && text.length <= 64 && [...text].every((one) => plain.includes(one));
}

function requestIdOf(req: IncomingMessage, arrival: Arrival): string {
  const given = req.headers["x-request-id"];
  const usable = arrival.fromTrustedProxy && typeof given === "string" && isPlainId(given);
  return usable ? given : randomUUID();
}

/**
 * Whose connections a request takes: by its cookie's word, which nobody can forge, the account's, also
 * where the session has ended meanwhile. Nobody's for health and metrics, which say how everybody fares. Behind a
 * proxy that was forgotten all come from one network, and are distinguished by their accounts alone.
 */
function holderOf(req: IncomingMessage, ip: string | null): Holder | undefined {
  if (["/api/health", "/api/metrics"].includes(readPath(req.url) ?? "")) return undefined;
  const account = openSession(readCookie(req.headers.cookie, cookieName("session")))?.sub ?? null;
  return { account, network: networkKeyOfIp(ip) };
}

/** What a request brought, as its headers are by the time that somebody asks. */
export const broughtBy = (req: IncomingMessage): Brought => ({
  headers: { get: (name) => [req.headers[name] ?? []].flat().join(", ") || null },
  cookies: new RequestCookies(() => req.headers.cookie),
});

/** Makes the context of a request. */
export function makeContext(req: IncomingMessage, arrival: Arrival): RequestContext {
  const clientIp = arrival.ip;
  return {
    requestId: requestIdOf(req, arrival),
    token: randomBytes(16).toString("hex"),
    path: readPath(req.url),
    query: readQuery(req.url ?? "") ?? undefined,
    clientIp,
    holder: holderOf(req, clientIp),
    brought: broughtBy(req),
    forwarded: arrival.forwarded,
    databaseDown: false,
    reached: false,
  };
}

/**
 * Writes into the request's headers what the app is to know: the client's IP, and by which token it is
 * known. Whatever the client sent under these names is overwritten.
 */
export function instructApp(
  req: IncomingMessage,
  context: RequestContext,
  settings: GateSettings,
): void {
  removeInsideHeaders(req.headers, settings.dev);
  req.headers[clientIpHeader] = context.clientIp ?? "unknown";
  req.headers[tokenHeader] = context.token;
}
