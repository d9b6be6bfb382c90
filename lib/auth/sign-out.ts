import { cookies } from "next/headers";
import { cookieName, cookieOptions } from "@/lib/auth/cookies";
import { endSession } from "@/lib/auth/session-store";
import { openSession } from "@/lib/auth/session-token";

/**
 * Ends the session of this browser: its row first, which decides, and only then its cookie.
 *
 * @throws when the database cannot be reached; the cookie is kept, and with it the way to try again
 */
export async function endOwnSession(): Promise<void> {
  const name = cookieName("session");
  const token = openSession((await cookies()).get(name)?.value);
  if (token !== null) await endSession(token.sid);
  (await cookies()).set(name, "", cookieOptions(0));
}
