import { cookieName, cookieSeconds } from "@/lib/cookies/cookies";
import type { Notice } from "@/lib/forms/notice";
import { seal } from "@/lib/secrets/secrets";
import type { BodyLimit } from "@/lib/server/gate/body";
import { readCookie, setCookieHeader } from "@/lib/server/gate/cookie";
import type { Refusal } from "@/lib/server/gate/refusal";

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
  return { Location: "/login", "Set-Cookie": noticeCookie({ kind: "no-pending" }) };
}

/** What a large document is answered that comes from a browser without a draft: what the app says of a small one. */
function noDraftRedirect(): Refusal {
  const about = { form: "recover-start", values: {}, errors: {}, reason: "noDraft" } as const;
  const cookie = noticeCookie({ kind: "form-refused", ...about });
  return { status: 303, headers: { Location: "/recover", "Set-Cookie": cookie } };
}

function noticeCookie(notice: Notice): string {
  return setCookieHeader("notice", seal("notice", notice), cookieSeconds.notice);
}

/**
 * Of a body that is larger than whoever sent it may send: a draft that has ended, or too large.
 *
 * @param knows whether it comes from who may send the largest there
 */
export const tooLargeOf = ({ from, words }: BodyLimit, knows: boolean): Refusal =>
  from === "draft" && !knows ? noDraftRedirect() : { status: 413, words };
