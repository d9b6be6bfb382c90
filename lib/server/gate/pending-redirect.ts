import { cookieName, cookieOptions, cookieSeconds } from "@/lib/auth/cookies";
import { seal } from "@/lib/auth/secrets";
import { readCookie } from "@/lib/server/gate/cookie";

/**
 * Where `/verify` is opened without a pending sign-in: the headers of the redirect to `/login`, with
 * a notice that says so there. A page cannot do this, because Next lets pages set no cookies.
 *
 * @returns null where the page is to be shown
 */
export function pendingRedirect(
  method: string,
  path: string,
  cookies: string | undefined,
): Record<string, string> | null {
  if (path !== "/verify" || method === "POST") return null;
  if (readCookie(cookies, cookieName("pending"))) return null;
  const { secure } = cookieOptions();
  const notice = `${cookieName("notice")}=${seal("notice", { kind: "no-pending" })}`;
  const attributes = `Path=/; Max-Age=${cookieSeconds.notice}; HttpOnly; SameSite=Lax`;
  return {
    Location: "/login",
    "Set-Cookie": `${notice}; ${attributes}${secure ? "; Secure" : ""}`,
  };
}
