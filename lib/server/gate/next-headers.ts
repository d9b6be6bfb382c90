import type { IncomingHttpHeaders } from "node:http";
import { DEVELOPMENT_PREFIX, insideHeaders } from "@/lib/server/next-internals";

// What Next, its hosts or we ourselves say inside the server; from outside it would be believed.
const names: readonly string[] = [
  ...insideHeaders.names,
  "content-security-policy",
  "content-security-policy-report-only",
  "set-cookie",
  "x-nonce",
];
const prefixes: readonly string[] = [...insideHeaders.prefixes, "x-portaria-"];

/** Removes the headers that no client has a reason to send. Development's page ids are let through. */
export function removeInsideHeaders(headers: IncomingHttpHeaders, dev: boolean): void {
  for (const name of Object.keys(headers)) {
    if (dev && name.startsWith(DEVELOPMENT_PREFIX)) continue;
    if (names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix))) {
      delete headers[name];
    }
  }
}
