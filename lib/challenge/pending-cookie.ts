import { longestCodeMinutes } from "@/lib/challenge/code-lifetime";
import type { PendingCookie } from "@/lib/challenge/pending-store";
import { readPendingValue } from "@/lib/challenge/pending-value";
import { MINUTES_TO_EXPLAIN } from "@/lib/challenge/rules/limits";
import { cookieName, cookieOptions } from "@/lib/cookies/cookies";
import { cookieJar } from "@/lib/cookies/jar";

/** This browser's pending sign-in or sign-up; null when there is none or the cookie is malformed. */
export async function readPendingCookie(): Promise<PendingCookie | null> {
  return readPendingValue(cookieJar().get(cookieName("pending")));
}

/** How long the cookie lives: it outlives its code by an hour, only to explain. */
export const pendingSeconds = (): number =>
  Math.ceil((longestCodeMinutes() + MINUTES_TO_EXPLAIN) * 60);

/** Binds a pending sign-in to this browser. */
export async function setPendingCookie(challengeId: string, secret: string): Promise<void> {
  const options = cookieOptions(pendingSeconds());
  cookieJar().set(cookieName("pending"), `${challengeId}.${secret}`, options);
}

/** Forgets the pending sign-in, after a success. */
export async function clearPendingCookie(): Promise<void> {
  cookieJar().set(cookieName("pending"), "", cookieOptions(0));
}
