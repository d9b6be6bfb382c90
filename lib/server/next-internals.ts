import type { Duplex } from "node:stream";
import { PHASE_PRODUCTION_SERVER } from "next/constants.js";

// What Next reads and writes inside a server, and promises to nobody: next-internals.test.ts holds each
// of these to the installed version. What stands in forms: components/next-internals.ts; what a start
// keeps Next from: lib/building/next-env-files.mjs.

/** Names the action, where Next's script sends a form. */
export const ACTION_HEADER = "next-action";

/** Asks for a page as Next's script reads it, not as HTML. */
export const RSC_HEADER = "rsc";

/** By these Next's script asks for a page: the second begins the names of several. */
export const scriptHeaders = {
  names: [RSC_HEADER, "next-url", "next-hmr-refresh"],
  prefix: "next-router-",
} as const;

/** What Next says to itself in headers; from outside it would be believed. */
export const insideHeaders = {
  names: ["next-instant-navigation-testing", "next-resume", "x-action-forwarded", "x-matched-path"],
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
