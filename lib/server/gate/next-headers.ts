import type { IncomingHttpHeaders } from "node:http";
import {
  ACTION_HEADER,
  DEVELOPMENT_PREFIX,
  insideHeaders,
  scriptHeaders,
} from "@/lib/server/next-internals";

// What Next, its hosts or we ourselves say inside the server; from outside it would be believed.
const names: readonly string[] = [
  ...insideHeaders.names,
  ...scriptHeaders.names,
  // Our forms name their action in a field, also in development.
  ACTION_HEADER,
  // Next would write the nonce that one names into the page.
  "content-security-policy",
  "content-security-policy-report-only",
  "set-cookie",
];
const prefixes: readonly string[] = [
  ...insideHeaders.prefixes,
  scriptHeaders.prefix,
  "x-portaria-",
];

const ofDevelopment = [...scriptHeaders.names, scriptHeaders.prefix, DEVELOPMENT_PREFIX];

/**
 * Removes the headers that no client has a reason to send: also those by which Next's own script asks,
 * which no page of ours has (decision 0045). In development, where pages have it, they are let through.
 */
export function removeInsideHeaders(headers: IncomingHttpHeaders, dev: boolean): void {
  for (const name of Object.keys(headers)) {
    if (dev && ofDevelopment.some((prefix) => name.startsWith(prefix))) continue;
    if (names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix))) {
      delete headers[name];
    }
  }
}
