import NextAuth, { type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { endSession, findLiveSession } from "@/lib/account/session-store";
import { cookieName, cookieOptions, cookieSeconds, cookiesAreSecure } from "@/lib/cookies/cookies";
import { CHECK_UP_PATH, localPath } from "@/lib/cookies/local-path";
import { isDatabaseDown } from "@/lib/db/database-down";
import { env } from "@/lib/env/env";
import { forgetInputs } from "@/lib/forms/notice";
import { log } from "@/lib/log/log";
import {
  currentRequest,
  isOverShare,
  noteDatabaseDown,
  noteFailed,
} from "@/lib/log/request-context";
import { judgeProven, type Proven, provePassword } from "@/lib/next-auth/password-sign-in";
import { openSession, type SessionToken, sealSession } from "@/lib/secrets/session-token";

declare module "next-auth" {
  interface User {
    /** The session begun for this sign-in; absent until it was judged. */
    sessionId?: string;
    proven?: Proven;
  }
}

// What a visitor can bring about at will must not fill the error log.
const causedByVisitor = new Set([
  "CredentialsSignin",
  "InvalidCallbackUrl",
  "InvalidProvider",
  "MissingCSRF",
  "UnknownAction",
]);

/** Auth.js names its errors by a static `type`; their class names do not survive a build. */
const typeOf = (error: Error) => String((error as { type?: unknown }).type ?? error.name);

/** Auth.js wraps what went wrong as `cause.err`. */
const causeOf = (error: Error) => (error.cause as { err?: Error } | undefined)?.err ?? error;

// A cookie of a session that was not made here; Auth.js has no other name for it (actions/session.js).
const isBadCookie = (error: Error) =>
  typeOf(error) === "JWTSessionError" && causeOf(error).message === "Invalid JWT";

function report(error: Error): void {
  if (causedByVisitor.has(typeOf(error)) || isBadCookie(error)) {
    log.info({ reason: typeOf(error) }, "A request to NextAuth was refused.");
    return;
  }
  // NextAuth goes on as if nothing had happened, and takes the cookie of the session away.
  noteFailed(causeOf(error));
  if (isOverShare()) return;
  // The gate has a line for the database.
  if (isDatabaseDown(error)) noteDatabaseDown(causeOf(error));
  else log.error({ err: causeOf(error) }, "The sign-in could not be completed.");
}

function config(): NextAuthConfig {
  const options = cookieOptions();
  return {
    trustHost: true,
    basePath: "/api/auth",
    secret: env().authSecrets,
    useSecureCookies: cookiesAreSecure(),
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    session: { strategy: "jwt", maxAge: cookieSeconds.session },
    cookies: {
      sessionToken: { name: cookieName("session"), options },
      csrfToken: { name: cookieName("csrf"), options },
      callbackUrl: { name: cookieName("callback"), options },
    },
    jwt: {
      encode: ({ token }) => sealSession(token as SessionToken),
      decode: ({ token }) => openSession(token),
    },
    providers: [
      Credentials({
        id: "password",
        credentials: { email: {}, password: { type: "password" }, callbackUrl: {} },
        authorize: async (credentials) => {
          const proven = await provePassword(credentials);
          return proven && { id: proven.accountId, proven };
        },
      }),
    ],
    callbacks: {
      signIn: async ({ user, credentials = {} }) => {
        if (user.proven === undefined) return false;
        const path = await judgeProven(user.proven, credentials, async ({ sid }) => {
          user.sessionId = sid;
        });
        if (user.sessionId === undefined) return path;
        // NextAuth leads to its own callbackUrl: the route puts the question before it.
        const request = currentRequest();
        if (request) request.asksCheckUp = path.startsWith(`${CHECK_UP_PATH}?`);
        return true;
      },
      redirect: ({ url, baseUrl }) =>
        url === "/login" || url === "/verify" ? url : localPath(url, baseUrl),
      jwt: async ({ token, user }) => {
        if (user?.id && user.sessionId) {
          await forgetInputs();
          return { sub: user.id, sid: user.sessionId };
        }
        const live = typeof token.sid === "string" ? await findLiveSession(token.sid) : null;
        return live === null ? null : token;
      },
      session: async ({ session, token }) => {
        const live = await findLiveSession((token as SessionToken).sid);
        const user = live && { name: live.account.name, email: live.account.email };
        return { expires: session.expires, user: user ?? undefined };
      },
    },
    events: {
      signOut: async (message) => {
        const sid = "token" in message ? message.token?.sid : undefined;
        if (typeof sid === "string") await endSession(sid);
        await forgetInputs();
      },
    },
    logger: {
      error: report,
      warn: (code) => log.warn({ code }, "NextAuth warns."),
      debug: () => {},
    },
  };
}

/**
 * NextAuth's own routes, which judge a password as the forms do. What went wrong under them is reported by
 * `noteFailed`.
 */
export const { handlers } = NextAuth(() => config());
