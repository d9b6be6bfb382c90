import { cookies } from "next/headers";
import { cookieName, cookieOptions } from "@/lib/auth/cookies";
import { hashSecret } from "@/lib/auth/secrets";
import { env } from "@/lib/env";
import type { PendingCookie } from "@/lib/sign-in/challenge-store";
import { MINUTES_TO_EXPLAIN } from "@/lib/sign-in/rules/limits";

const format = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([\w-]{43})$/;

/** This browser's pending sign-in or sign-up; null when there is none or the cookie is malformed. */
export async function readPendingCookie(): Promise<PendingCookie | null> {
  const value = (await cookies()).get(cookieName("pending"))?.value;
  const [, id, secret] = format.exec(value ?? "") ?? [];
  return id === undefined || secret === undefined ? null : { id, secretHash: hashSecret(secret) };
}

/** Binds a pending sign-in to this browser; the cookie outlives its code by an hour, only to explain. */
export async function setPendingCookie(challengeId: string, secret: string): Promise<void> {
  const seconds = Math.ceil((env().codeLifetimeMinutes + MINUTES_TO_EXPLAIN) * 60);
  (await cookies()).set(cookieName("pending"), `${challengeId}.${secret}`, cookieOptions(seconds));
}

/** Forgets the pending sign-in, after a success. */
export async function clearPendingCookie(): Promise<void> {
  (await cookies()).set(cookieName("pending"), "", cookieOptions(0));
}
