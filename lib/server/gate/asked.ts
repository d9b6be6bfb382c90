import type { IncomingMessage } from "node:http";
import { type Arrival, readArrival } from "@/lib/server/gate/arrival";
import { cleanCookies, type Doubled } from "@/lib/server/gate/clean-cookies";
import { isUnder } from "@/lib/server/gate/path-rules";
import { readAbsoluteTarget, withoutForeignCallback } from "@/lib/server/gate/request-target";
import type { GateSettings } from "@/lib/server/gate/settings";

/**
 * Brings a request into the one form that all that follows reads: a target that is a path, each cookie
 * of ours once, and no `callbackUrl` that leads to another site.
 */
export function readAsked(
  req: IncomingMessage,
  settings: GateSettings,
): { arrival: Arrival; doubled: Doubled[] } {
  readAbsoluteTarget(req);
  const arrival = readArrival(req, settings);
  const hosts = arrival.host === null ? [] : [`http://${arrival.host}`, `https://${arrival.host}`];
  const origins = [new URL(settings.appUrl).origin, ...hosts];
  req.url = withoutForeignCallback(req.url ?? "", origins);
  const { header, doubled } = cleanCookies(req.headers.cookie, origins);
  if (header === undefined) delete req.headers.cookie;
  else req.headers.cookie = header;
  // By this header NextAuth answers its own scripts; a page's form would be led to a path that only
  // takes forms.
  if (!isUnder(req.url, "/api/auth")) delete req.headers["x-auth-return-redirect"];
  return { arrival, doubled };
}
