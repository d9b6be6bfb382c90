import { readPendingCookie } from "@/lib/challenge/pending-cookie";
import { clientNow } from "@/lib/client/client-ip";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { localPath } from "@/lib/cookies/local-path";
import { leaveNotice } from "@/lib/forms/notice";
import { type AskedBy, answerSignIn } from "@/lib/next-auth/answer-sign-in";
import { readSessionCookie, setSessionCookie } from "@/lib/next-auth/session-cookie";
import { readPassword } from "@/lib/password/typed-credentials";
import { signIn } from "@/lib/sign-in/sign-in";
import { checkSignInPassword } from "@/lib/sign-in/sign-in-password";
import type { Asking, Proof } from "@/lib/sign-in/sign-in-request";
import { readTrustedBrowser } from "@/lib/trusted-browser/trusted-browser-cookie";
import { readEmail } from "@/lib/typed/email-address";

/** What was sent for a sign-in; JSON may hold anything. */
export type TypedCredentials = Partial<Record<"email" | "password" | "callbackUrl", unknown>>;

/** Whose password was right, and what was read with it, while the sign-in is judged. */
export type Proven = Asking & { accountId: string; proof: Proof };

/** What stood in the field, to be shown again. */
const typedEmail = ({ email }: TypedCredentials): string =>
  typeof email === "string" ? email.slice(0, 320) : "";

/**
 * Looks at the password, and at nothing of the network yet.
 *
 * @returns null when it is wrong or not looked at; the notice says which
 */
export async function provePassword(credentials: TypedCredentials): Promise<Proven | null> {
  const email = readEmail(credentials.email);
  const password = readPassword(credentials.password);
  const shown = email ?? typedEmail(credentials);
  if (email === null || password === null) {
    await leaveNotice({ kind: "wrong-password", email: shown });
    return null;
  }
  const client = clientNow();
  const browserId = await rememberBrowser();
  const trustedBrowsers = await readTrustedBrowser();
  const asking = { client, browserId, trustedBrowsers };
  const outcome = await checkSignInPassword({ email, password }, asking);
  switch (outcome.kind) {
    case "right":
      return { ...asking, accountId: outcome.accountId, proof: outcome.proof };
    case "wrong":
      if (outcome.saidUntil === null) await leaveNotice({ kind: "wrong-password", email: shown });
      else await leaveTooMany(shown, outcome.saidUntil);
      return null;
    case "too-many":
      await leaveTooMany(shown, outcome.until);
      return null;
  }
}

function leaveTooMany(email: string, until: Date): Promise<void> {
  return leaveNotice({ kind: "too-many-passwords", email, until: until.toISOString() });
}

/**
 * Judges the client of a sign-in whose password was right: the form and NextAuth's own route alike.
 *
 * @returns the path of the page that goes on
 */
export async function judgeProven(
  proven: Proven,
  credentials: TypedCredentials,
  handOver: AskedBy["handOver"],
): Promise<string> {
  const { callbackUrl: wanted } = credentials;
  const callbackPath = wanted === undefined ? null : localPath(wanted);
  const outcome = await signIn({
    ...proven,
    callbackPath,
    earlier: await readPendingCookie(),
    replaces: (await readSessionCookie())?.sid,
  });
  return answerSignIn(outcome, {
    ip: proven.client.ip,
    email: typedEmail(credentials),
    callbackPath,
    handOver,
  });
}

/**
 * Signs in with e-mail and password.
 *
 * @returns the path of the page that goes on; where the password was not right, the sign-in's own
 */
export async function signInByPassword(credentials: TypedCredentials): Promise<string> {
  const proven = await provePassword(credentials);
  return proven === null ? "/login" : judgeProven(proven, credentials, setSessionCookie);
}
