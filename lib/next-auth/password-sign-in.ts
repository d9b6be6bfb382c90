import { headers } from "next/headers";
import { CredentialsSignin, type User } from "next-auth";
import { readPendingCookie } from "@/lib/challenge/pending-cookie";
import { clientOf } from "@/lib/client/client-ip";
import { rememberBrowser } from "@/lib/cookies/browser-cookie";
import { localPath } from "@/lib/cookies/local-path";
import { leaveNotice } from "@/lib/forms/notice";
import { answerSignIn } from "@/lib/next-auth/answer-sign-in";
import { readSessionCookie } from "@/lib/next-auth/session-cookie";
import { readPassword } from "@/lib/password/typed-credentials";
import { signIn } from "@/lib/sign-in/sign-in";
import { checkSignInPassword } from "@/lib/sign-in/sign-in-password";
import { readTrustedBrowser } from "@/lib/trusted-browser/trusted-browser-cookie";
import { readEmail } from "@/lib/typed/email-address";

/** What stood in the field, to be shown again; JSON may hold anything. */
function typedEmail(credentials: Partial<Record<string, unknown>> | undefined): string {
  const email = credentials?.email;
  return typeof email === "string" ? email.slice(0, 320) : "";
}

/**
 * NextAuth's `authorize`: the password, and nothing of the network yet.
 *
 * @throws CredentialsSignin when it is wrong or not looked at; the notice says which
 */
export async function authorizePassword(
  credentials: Partial<Record<string, unknown>>,
): Promise<User> {
  const email = readEmail(credentials.email);
  const password = readPassword(credentials.password);
  const shown = email ?? typedEmail(credentials);
  if (email === null || password === null) {
    await leaveNotice({ kind: "wrong-password", email: shown });
    throw new CredentialsSignin();
  }
  const client = clientOf(await headers());
  const browserId = await rememberBrowser();
  const trustedBrowsers = await readTrustedBrowser();
  const asking = { client, browserId, trustedBrowsers };
  const outcome = await checkSignInPassword({ email, password }, asking);
  switch (outcome.kind) {
    case "right": {
      const { accountId, proof } = outcome;
      return { id: accountId, proven: { ...asking, accountId, proof } };
    }
    case "wrong":
      if (outcome.saidUntil === null) await leaveNotice({ kind: "wrong-password", email: shown });
      else await leaveTooMany(shown, outcome.saidUntil);
      throw new CredentialsSignin();
    case "too-many":
      await leaveTooMany(shown, outcome.until);
      throw new CredentialsSignin();
  }
}

function leaveTooMany(email: string, until: Date): Promise<void> {
  return leaveNotice({ kind: "too-many-passwords", email, until: until.toISOString() });
}

/**
 * NextAuth's `signIn` callback: the client is judged here, so that the form and NextAuth's own
 * route are judged alike.
 *
 * @returns true: in; otherwise the page that goes on
 */
export async function judgePasswordSignIn(
  user: User,
  credentials: Partial<Record<string, unknown>> | undefined,
): Promise<true | string> {
  const { proven } = user;
  if (proven === undefined) throw new Error("A sign-in was judged before its password.");
  const wanted = credentials?.callbackUrl;
  const outcome = await signIn({
    ...proven,
    callbackPath: wanted === undefined ? null : localPath(wanted),
    earlier: await readPendingCookie(),
    replaces: (await readSessionCookie())?.sid,
  });
  const path = await answerSignIn(outcome, {
    ip: proven.client.ip,
    email: typedEmail(credentials),
    handOver: async ({ sid }) => {
      user.sessionId = sid;
    },
  });
  return outcome.kind === "entered" || path;
}
