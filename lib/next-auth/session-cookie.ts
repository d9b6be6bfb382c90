import { endSession, findLiveSession, type LiveSession } from "@/lib/account/session-store";
import { cookieName, cookieOptions, cookieSeconds } from "@/lib/cookies/cookies";
import { cookieJar } from "@/lib/cookies/jar";
import { forgetInputs } from "@/lib/forms/notice";
import { log } from "@/lib/log/log";
import { onceForPage } from "@/lib/once-for-page";
import { openSession, type SessionToken, sealSession } from "@/lib/secrets/session-token";

/** Hands this browser a session that has begun. */
export async function setSessionCookie(session: SessionToken): Promise<void> {
  const options = cookieOptions(cookieSeconds.session);
  cookieJar().set(cookieName("session"), sealSession(session), options);
  await forgetInputs();
}

/** What the session cookie of this browser says; the row decides. */
export async function readSessionCookie(): Promise<SessionToken | null> {
  return openSession(cookieJar().get(cookieName("session")));
}

/** The session of this browser, if somebody is signed in. */
export async function findOwnSession(): Promise<LiveSession | null> {
  const token = await readSessionCookie();
  return token === null ? null : findLiveSession(token.sid);
}

/** The same, looked up once for a page, what stands around it and the gate before it. */
export const currentSession = onceForPage(findOwnSession, "session");

/**
 * Ends the session this browser had before, whose cookie is about to name another. Never throws.
 *
 * @param ended the session that ended where the new one began
 */
export async function endEarlierSession(ended: string | null): Promise<void> {
  const earlier = await readSessionCookie();
  if (earlier === null || earlier.sid === ended) return;
  try {
    await endSession(earlier.sid, "replaced");
  } catch (error) {
    // The new session has begun, and a code may be used up for it: this must not stand in its way.
    log.error({ err: error }, "The session a browser had before could not be ended.");
  }
}

/**
 * Ends the session of this browser: its row first, which decides, and only then its cookie.
 *
 * @throws when the database cannot be reached; the cookie is kept, and with it the way to try again
 */
export async function endOwnSession(): Promise<void> {
  const name = cookieName("session");
  const token = await readSessionCookie();
  if (token !== null) await endSession(token.sid);
  cookieJar().set(name, "", cookieOptions(0));
  await forgetInputs();
}
