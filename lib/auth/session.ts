import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { cookieName } from "@/lib/auth/cookies";
import { findLiveSession, type LiveSession } from "@/lib/auth/session-store";
import { openSession } from "@/lib/auth/session-token";

/** The session of this request, if somebody is signed in. Looked up once a request. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const token = openSession((await cookies()).get(cookieName("session"))?.value);
  return token === null ? null : findLiveSession(token.sid);
});

/**
 * The session of a signed-in customer.
 *
 * @param path of the page, to come back to
 * @throws Next's redirect to `/login` for whoever is not signed in
 */
export async function requireCustomer(path: string): Promise<LiveSession> {
  const session = await currentSession();
  if (session === null) redirect(`/login?callbackUrl=${encodeURIComponent(path)}`);
  return session;
}
