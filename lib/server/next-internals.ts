import type { IncomingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";
import { PHASE_PRODUCTION_SERVER } from "next/constants.js";

// What Next reads and writes inside a server, and promises to nobody: next-internals.test.ts holds each
// of these to the installed version. What stands in forms: components/next-internals.ts; what a start
// keeps Next from: lib/building/next-env-files.mjs.

/** Names the action, where a script sends a form. */
export const ACTION_HEADER = "next-action";

/** With it Next hands a form on to itself, where another part of the build has the action. */
export const FORWARDED_HEADER = "x-action-forwarded";

/** The tree of the page a browser shows, which Next's router sends along. */
export const ROUTER_STATE_HEADER = "next-router-state-tree";

/** Says that a page is only fetched ahead, and may never be looked at. */
export const PREFETCH_HEADER = "next-router-prefetch";

/** Asks for a page as Next's script reads it, not as HTML. */
export const RSC_HEADER = "rsc";

/** What Next says to itself in headers; from outside it would be believed. */
export const insideHeaders = {
  names: ["next-instant-navigation-testing", "next-resume", FORWARDED_HEADER, "x-matched-path"],
  prefixes: [
    "x-invoke-",
    "x-middleware-",
    "x-next-",
    "x-nextjs-",
    "x-now-",
    "x-prerender-",
    "x-vercel-",
  ],
} as const;

/** Those of them by which development knows its pages. */
export const DEVELOPMENT_PREFIX = "x-nextjs-";

/** Where a build lists its actions, in its directory. */
export const ACTION_MANIFEST = ["server", "server-reference-manifest.json"] as const;

/**
 * Where Next asks itself for the page after a form's redirect: it must not take the public name for it.
 *
 * @param origin such as `http://127.0.0.1:3000`
 */
export function setOwnOrigin(origin: string): void {
  process.env.__NEXT_PRIVATE_ORIGIN = origin;
}

/** The answer under way on a connection, if any: of Node, which has no other word for it either. */
export function answerOn(socket: Duplex): { headersSent: boolean } | undefined {
  return (socket as { _httpMessage?: { headersSent: boolean } })._httpMessage ?? undefined;
}

/**
 * Has Next read and keep the configuration of a built server without a word; by itself it says at each
 * start how long that took.
 */
export async function readConfigQuietly(directory: string): Promise<void> {
  const { default: given } = await import("next/dist/server/config.js");
  // A module of the older kind: Node hands over all it exports, a bundler what it calls default.
  const load = (given as { default?: typeof given }).default ?? given;
  await load(PHASE_PRODUCTION_SERVER, directory);
}

const isText = (value: unknown): value is string => typeof value === "string";
const isMissing = (value: unknown) => value === undefined || value === null;

// Of a part of a path in brackets: `[id]`, `[...rest]`, `[[...rest]]`, and those of intercepted routes.
const parameterKind = /^(oc|[cd](i(\((\.{1,3}|\.\.\)\(\.\.)\)))?)$/;

function isSegment(value: unknown): boolean {
  if (isText(value)) return true;
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [name, key, kind, siblings] = value;
  return (
    [name, key, kind].every(isText) &&
    parameterKind.test(kind) &&
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
    (isMissing(refresh) ||
      (Array.isArray(refresh) && refresh.length === 2 && refresh.every(isText))) &&
    (isMissing(marker) || ["refetch", "inside-shared-layout", "metadata-only"].includes(marker)) &&
    (isMissing(bits) || typeof bits === "number") &&
    (rest === undefined || isText(rest))
  );
}

/** Whether Next can read a router's state: it answers 500 to one that it cannot. */
export function routerStateIsSound(header: IncomingHttpHeaders[string]): boolean {
  if (header === undefined) return true;
  if (!isText(header)) return false;
  try {
    return isTree(JSON.parse(decodeURIComponent(header)));
  } catch {
    return false;
  }
}
