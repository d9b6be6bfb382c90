import type { IncomingMessage } from "node:http";
import { localTarget } from "@/lib/cookies/local-path";

const absolute = /^https?:\/\/([^/?#]*)(.*)$/is;

function setHost(req: IncomingMessage, host: string): void {
  req.headers.host = host;
  const raw = req.rawHeaders;
  for (let index = 0; index < raw.length; index += 2) {
    if (raw[index]?.toLowerCase() === "host") raw[index + 1] = host;
  }
}

/**
 * Turns a target in absolute form into its path, and takes its host for the one that was asked for
 * (RFC 9112, 3.2.2). One with a name or password in it, or of another scheme, stays as it is, and so
 * cannot be read.
 */
export function readAbsoluteTarget(req: IncomingMessage): void {
  const [, authority, rest = ""] = absolute.exec(req.url ?? "") ?? [];
  if (authority === undefined || authority === "" || authority.includes("@")) return;
  // Without Host, or with two, the request is none (3.2): no target makes up for that.
  setHost(req, authority);
  req.url = rest.startsWith("/") ? rest : `/${rest}`;
}

/**
 * Takes each `callbackUrl` that leads nowhere here out of a target's query; all else stays as it was
 * spelled. NextAuth answers 500 to a request that holds one.
 *
 * @param origins of this site
 */
export function withoutForeignCallback(target: string, origins: readonly string[]): string {
  const start = target.indexOf("?");
  if (start < 0) return target;
  const pairs = target.slice(start + 1).split("&");
  const kept = pairs.filter((pair) => {
    const [[name, value] = []] = [...new URLSearchParams(pair)];
    return name !== "callbackUrl" || localTarget(value, origins);
  });
  if (kept.length === pairs.length) return target;
  const query = kept.join("&");
  return `${target.slice(0, start)}${query === "" ? "" : `?${query}`}`;
}
