import { HOME_PATH } from "@/lib/cookies/local-path";
import { log } from "@/lib/log/log";
import { signIn } from "@/lib/next-auth/next-auth";
import { setSessionCookie } from "@/lib/next-auth/session-cookie";
import { issueTicket } from "@/lib/secrets/session-ticket";
import type { SessionToken } from "@/lib/secrets/session-token";

/** Gives this browser a session that has begun, by NextAuth's second provider. */
export async function handOverSession(session: SessionToken): Promise<void> {
  try {
    await signIn("ticket", { ticket: issueTicket(session), redirectTo: HOME_PATH });
  } catch (error) {
    // The code is used up and the session has begun: whatever NextAuth says, this leads in.
    log.error({ err: error }, "NextAuth did not hand over a session.");
    await setSessionCookie(session);
  }
}
