import type { IncomingHttpHeaders } from "node:http";

// What Next, its hosts or we ourselves say inside the server; from outside it would be believed.
const insideNames = [
  "content-security-policy",
  "content-security-policy-report-only",
  "next-instant-navigation-testing",
  "next-resume",
  "set-cookie",
  "x-action-forwarded",
  "x-matched-path",
  "x-nonce",
];
const insidePrefixes = [
  "x-invoke-",
  "x-middleware-",
  "x-next-",
  "x-nextjs-",
  "x-now-",
  "x-portaria-",
  "x-prerender-",
  "x-vercel-",
];

/** Removes the headers that no client has a reason to send. Development's page ids are let through. */
export function removeInsideHeaders(headers: IncomingHttpHeaders, dev: boolean): void {
  for (const name of Object.keys(headers)) {
    if (dev && name.startsWith("x-nextjs-")) continue;
    if (insideNames.includes(name) || insidePrefixes.some((prefix) => name.startsWith(prefix))) {
      delete headers[name];
    }
  }
}

const isText = (value: unknown): value is string => typeof value === "string";
const isMissing = (value: unknown) => value === undefined || value === null;

function isSegment(value: unknown): boolean {
  if (isText(value)) return true;
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [name, key, kind, siblings] = value;
  return (
    [name, key, kind].every(isText) &&
    (siblings === null || (Array.isArray(siblings) && siblings.every(isText)))
  );
}

function isTree(value: unknown): boolean {
  if (!Array.isArray(value) || value.length < 2 || value.length > 6) return false;
  const [segment, children, refresh, marker, bits, rest] = value;
  return (
    isSegment(segment) &&
    typeof children === "object" &&
    children !== null &&
    !Array.isArray(children) &&
    Object.values(children).every(isTree) &&
    (isMissing(refresh) || (Array.isArray(refresh) && refresh.every(isText))) &&
    (isMissing(marker) || ["refetch", "inside-shared-layout", "metadata-only"].includes(marker)) &&
    (isMissing(bits) || typeof bits === "number") &&
    (rest === undefined || isText(rest))
  );
}

/**
 * Whether the tree of the page a browser shows, which Next's router sends along, can be read. Next
 * 16.4 answers 500 to one that cannot.
 */
export function routerStateIsSound(header: string | string[] | undefined): boolean {
  if (header === undefined) return true;
  if (!isText(header)) return false;
  try {
    return isTree(JSON.parse(decodeURIComponent(header)));
  } catch {
    return false;
  }
}
