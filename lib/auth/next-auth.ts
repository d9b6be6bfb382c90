import NextAuth, { type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { cookieName, cookieOptions, cookieSeconds, cookiesAreSecure } from "@/lib/auth/cookies";
import { localPath } from "@/lib/auth/local-path";
import { authorizePassword, judgePasswordSignIn } from "@/lib/auth/password-sign-in";
import { endSession, findLiveSession, redeemTicket } from "@/lib/auth/session-store";
import { openSession, type SessionToken, sealSession } from "@/lib/auth/session-token";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

declare module "next-auth" {
  interface User {
    /** The session begun for this sign-in; absent until it was judged. */
    sessionId?: string;
    /** The id in the browser's own cookie, while a password sign-in is judged. */
    browserId?: string;
    /** Which password was right: the one set then. */
    passwordChangedAt?: Date;
  }
}

// What a visitor can bring about at will must not fill the error log.
const causedByVisitor = new Set([
  "CredentialsSignin",
  "InvalidCallbackUrl",
  "JWTSessionError",
  "MissingCSRF",
  "UnknownAction",
]);

/** Auth.js names its errors by a static `type`; their class names do not survive a build. */
const typeOf = (error: Error) => String((error as { type?: unknown }).type ?? error.name);

/** Auth.js wraps what went wrong as `cause.err`. */
const causeOf = (error: Error) => (error.cause as { err?: Error } | undefined)?.err ?? error;

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
        authorize: authorizePassword,
      }),
      Credentials({
        id: "ticket",
        credentials: { ticket: {} },
        authorize: async ({ ticket }) => {
          const session = typeof ticket === "string" ? await redeemTicket(ticket) : null;
          return session && { id: session.accountId, sessionId: session.id };
        },
      }),
    ],
    callbacks: {
      signIn: async ({ user, account, credentials }) =>
        account?.provider === "password"
          ? judgePasswordSignIn(user, credentials)
          : account?.provider === "ticket" && user.sessionId !== undefined,
      redirect: ({ url, baseUrl }) =>
        url === "/login" || url === "/verify" ? url : localPath(url, baseUrl),
      jwt: async ({ token, user }) => {
        if (user?.id && user.sessionId) return { sub: user.id, sid: user.sessionId };
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
      },
    },
    logger: {
      error: (error) =>
        causedByVisitor.has(typeOf(error))
          ? log.info({ reason: typeOf(error) }, "A request to NextAuth was refused.")
          : log.error({ err: causeOf(error) }, "The sign-in could not be completed."),
      warn: (code) => log.warn({ code }, "NextAuth warns."),
      debug: () => {},
    },
  };
}

/** NextAuth as thin glue: it carries the session cookie; `lib/sign-in` decides. */
export const { handlers, signIn, signOut } = NextAuth(() => config());
