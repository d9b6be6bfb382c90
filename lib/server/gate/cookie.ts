import { parseCookie, parseSetCookie, type SetCookie, stringifySetCookie } from "cookie";
import { type CookiePurpose, cookieName, cookieOptions } from "@/lib/cookies/cookies";

/** One piece of a `Cookie` header, its value undecoded; null: a name alone, without "=". */
export type CookiePair = { name: string; value: string | null };

// What a value stands for is for whoever reads it: ours are sealed, NextAuth decodes its own.
const asItStands = { decode: (value: string) => value, encode: (value: string) => value };

/**
 * One cookie's value, undecoded, from a `Cookie` header: the first of that name.
 *
 * @returns undefined where there is none of that name
 */
export function readCookie(header: string | undefined, name: string): string | undefined {
  return parseCookie(header ?? "", asItStands)[name];
}

/** All that a `Cookie` header holds, in its order: also a name that comes twice. */
export function readCookies(header: string | undefined): CookiePair[] {
  return (header ?? "").split(";").flatMap((piece): CookiePair[] => {
    const [pair] = Object.entries(parseCookie(piece, asItStands));
    if (pair !== undefined) return [{ name: pair[0], value: pair[1] ?? "" }];
    return piece.trim() === "" ? [] : [{ name: piece.trim(), value: null }];
  });
}

/** A `Cookie` header of these; undefined where nothing is left. */
export function cookieHeader(pairs: readonly CookiePair[]): string | undefined {
  const pieces = pairs.map(({ name, value }) => (value === null ? name : `${name}=${value}`));
  return pieces.join("; ") || undefined;
}

/** A `Cookie` header without one of its cookies; undefined where nothing is left. */
export function withoutCookie(header: string | undefined, name: string): string | undefined {
  return cookieHeader(readCookies(header).filter((pair) => pair.name !== name));
}

/** A `Cookie` header with another value for one of its cookies; undefined where there is none. */
export function withCookie(
  header: string | undefined,
  name: string,
  value: string,
): string | undefined {
  return cookieHeader(
    readCookies(header).map((pair) => (pair.name === name ? { name, value } : pair)),
  );
}

/**
 * The `Set-Cookie` header of a cookie of ours.
 *
 * @param value of characters that need no encoding, as sealed values are
 * @param maxAge in seconds; left out: until the browser is closed
 */
export function setCookieHeader(purpose: CookiePurpose, value: string, maxAge?: number): string {
  const cookie = { name: cookieName(purpose), value, ...cookieOptions(maxAge) };
  return stringifySetCookie(cookie, asItStands);
}

/** What a `Set-Cookie` header sets, its value undecoded. */
export function readSetCookie(header: string): SetCookie {
  return parseSetCookie(header, asItStands);
}
