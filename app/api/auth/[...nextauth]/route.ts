import type { NextRequest } from "next/server";
import { checkUpPath } from "@/lib/cookies/local-path";
import { currentRequest } from "@/lib/log/request-context";
import { handlers } from "@/lib/next-auth/next-auth";

/**
 * Redirects stay on the host that was asked, whichever name it was reached by. A sign-in that has begun leads
 * over the check-up of factors where it is time for it.
 */
function withOwnLocation(response: Response): Response {
  const location = response.headers.get("location");
  if (location === null) return response;
  const asksCheckUp = currentRequest()?.asksCheckUp === true;
  if (location.startsWith("/") && !asksCheckUp) return response;
  const { pathname, search } = new URL(location, "http://own");
  const path = `${pathname}${search}`;
  const headers = new Headers(response.headers);
  const url = asksCheckUp ? checkUpPath(path) : path;
  headers.set("location", url);
  // A script that asks for JSON finds in its body where to go (X-Auth-Return-Redirect).
  const body = response.ok ? JSON.stringify({ url }) : null;
  return new Response(body, { status: response.status, headers });
}

/** What went wrong under NextAuth is an error, and takes no cookie away: the session may well live. */
function withFailure(response: Response): Response {
  const failed = currentRequest()?.failed !== undefined;
  return failed ? new Response(null, { status: 500 }) : withOwnLocation(response);
}

export async function GET(request: NextRequest): Promise<Response> {
  return withFailure(await handlers.GET(request));
}

export async function POST(request: NextRequest): Promise<Response> {
  return withFailure(await handlers.POST(request));
}
