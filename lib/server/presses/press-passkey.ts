import { readPendingCookie } from "@/lib/challenge/pending-cookie";
import { readTrustChoice } from "@/lib/challenge/trust-choice";
import { clientNow } from "@/lib/client/client-ip";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { localPath, loginPath } from "@/lib/cookies/local-path";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";
import { answerSignIn } from "@/lib/next-auth/answer-sign-in";
import { setSessionCookie } from "@/lib/next-auth/session-cookie";
import { sentAnswer } from "@/lib/passkeys/sent-answer";
import { oneValue } from "@/lib/password/typed-credentials";
import { signInByPasskey } from "@/lib/sign-in/sign-in-passkey";
import { verifyPasskey } from "@/lib/sign-in/verify-passkey";
import { readTrustedBrowser } from "@/lib/trusted-browser/trusted-browser-cookie";

/**
 * Signs in with a passkey instead of the password.
 *
 * @returns the path of the next page
 */
export async function pressPasskeySignIn(form: FormData): Promise<string> {
  const wanted = oneValue(form, "callbackUrl");
  const back = wanted === null || wanted === "" ? "/login" : loginPath(localPath(wanted));
  const client = clientNow();
  return orUnavailable(back, async () => {
    const outcome = await signInByPasskey({
      sent: sentAnswer(form),
      client,
      browserId: await rememberBrowser(),
      trustedBrowsers: await readTrustedBrowser(),
      earlier: await readPendingCookie(),
    });
    const next = await answerSignIn(outcome, {
      ip: client.ip,
      callbackPath: localPath(wanted),
      handOver: setSessionCookie,
    });
    return next === "/login" ? back : next;
  });
}

/**
 * Uses a passkey as the second step of the pending sign-in.
 *
 * @returns the path of the next page
 */
export async function pressPasskeyStep(form: FormData): Promise<string> {
  const client = clientNow();
  const cookie = await readPendingCookie();
  return orUnavailable("/verify", async () => {
    const outcome = await verifyPasskey({
      sent: sentAnswer(form),
      cookie,
      shown: oneValue(form, "challenge"),
      trust: cookie === null || (await readTrustChoice(cookie.id)),
      client,
      browserId: await rememberBrowser(),
    });
    return answerSignIn(outcome, { ip: client.ip, handOver: setSessionCookie });
  });
}

/** With the database away says so on the form's own page. */
async function orUnavailable(page: string, work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable" });
    return page;
  }
}
