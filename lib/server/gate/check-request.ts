import type { IncomingHttpHeaders } from "node:http";
import type { Arrival } from "@/lib/server/gate/arrival";
import { formKindOf } from "@/lib/server/gate/form";
import { foreignBecause } from "@/lib/server/gate/origin";
import { isDevelopmentPath, methodsOf } from "@/lib/server/gate/path-rules";
import type { Refusal } from "@/lib/server/gate/refusal";

/** A request as far as it is known before its body. */
export type RequestFacts = {
  method: string;
  /** null: could not be read. */
  path: string | null;
  /** null: could not be read. */
  query: string | null;
  headers: IncomingHttpHeaders;
  arrival: Pick<Arrival, "rawHost" | "host" | "scheme">;
  appUrl: string;
  dev: boolean;
};

/** Judges a request before its body is read. Returns null where nothing speaks against it. */
export function checkRequest(facts: RequestFacts): Refusal | null {
  const { method, path, headers, arrival } = facts;
  const allowed = methodsOf(path ?? "/");
  const developing = facts.dev && path !== null && isDevelopmentPath(path);
  if (!allowed.includes(method) && !developing) {
    return { status: 405, headers: { Allow: allowed.join(", ") } };
  }
  if (path === null || facts.query === null) return { status: 400 };
  if (arrival.rawHost === null || arrival.host === null) return { status: 400 };
  if (method !== "POST" || developing) return null;
  const fetchSite = [headers["sec-fetch-site"]].flat()[0];
  const foreign = foreignBecause(headers.origin, fetchSite, arrival, facts.appUrl);
  if (foreign !== null) return { status: 403, because: foreign };
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding !== "identity" || formKindOf(headers["content-type"], path) === null) {
    return { status: 415 };
  }
  return null;
}
