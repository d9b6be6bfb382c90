import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { cookieName } from "@/lib/cookies/cookies";
import { readCookie, setCookieHeader } from "@/lib/server/gate/cookie";
import { isPublicFile, isUnder } from "@/lib/server/gate/path-rules";

const BYTES = 16;
const format = /^[\w-]{22}$/;

/** Whether a value could be a visit's. */
export const isVisit = (value: string): boolean => format.test(value);

/** The random value by which forms of one browser are known as such; undefined where it has none. */
export function readVisit(cookies: string | undefined): string | undefined {
  const value = readCookie(cookies, cookieName("visit"));
  return value !== undefined && isVisit(value) ? value : undefined;
}

/** A value that no other browser has. */
export function newVisit(): string {
  return randomBytes(BYTES).toString("base64url");
}

/** The `Set-Cookie` header of a visit; the browser drops it when it is closed. */
export function visitHeader(visit: string): string {
  return setCookieHeader("visit", visit);
}

/**
 * Gives a browser that opens a page (or asks NextAuth for what its forms need) the cookie by which
 * its forms are distinguished from everybody else's. It opens nothing and counts for nothing else,
 * and no form asks for it.
 */
export function giveVisit(req: IncomingMessage, res: ServerResponse, path: string): void {
  if (req.method !== "GET" || isPublicFile(path)) return;
  const isProgram = isUnder(path, "/api") && !isUnder(path, "/api/auth");
  if (isUnder(path, "/_next") || isProgram) return;
  if (readVisit(req.headers.cookie) === undefined) {
    res.appendHeader("Set-Cookie", visitHeader(newVisit()));
  }
}
