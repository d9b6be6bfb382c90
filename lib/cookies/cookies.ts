import { DRAFT_HOURS } from "@/lib/cookies/limits";
import { env } from "@/lib/env/env";
import type { CookieOptions } from "@/lib/log/request-context";

/** The cookies Portaria sets, by purpose. */
export const cookiePurposes = [
  "session",
  "csrf",
  "callback",
  "pending",
  "untrusted",
  "browser",
  "trusted-browser",
  "notice",
  "case",
  "recovery-codes",
  "visit",
  "locale",
  "time-zone",
] as const;

export type CookiePurpose = (typeof cookiePurposes)[number];

const day = 24 * 60 * 60;

/** Lifetimes in seconds; the session's end is judged by its row, the cookie only outlives it. */
export const cookieSeconds = {
  session: 90 * day,
  browser: 400 * day,
  trustedBrowser: 90 * day,
  locale: 400 * day,
  timeZone: 400 * day,
  notice: 120,
  recoveryCodes: 120,
  case: DRAFT_HOURS * 60 * 60,
} as const;

/** Whether the public origin is https, and cookies so Secure with the `__Host-` prefix. */
export function cookiesAreSecure(): boolean {
  return env().appUrl.startsWith("https:");
}

/** A cookie's full name. */
export function cookieName(purpose: CookiePurpose): string {
  return `${cookiesAreSecure() ? "__Host-" : ""}portaria.${purpose}`;
}

/** What every cookie has in common; `maxAge` in seconds. */
export function cookieOptions(maxAge?: number): CookieOptions {
  return {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: cookiesAreSecure(),
    ...(maxAge === undefined ? {} : { maxAge }),
  };
}
